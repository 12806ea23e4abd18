//! The real program at the command line: what it prints, how it ends.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
    time::Duration,
};

use amauta::{
    clock::Clock,
    config::{Config, Environment, SETTINGS, apply_file},
};

use crate::support::socket::{Client, Program, eventually, since};

fn amauta(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(arguments)
        .env_clear()
        .env("HOME", "/casa/de/prueba")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn help_names_every_setting_with_its_description() {
    for arguments in [&["--help"][..], &["help"], &["serve", "--help"], &["help", "serve"]] {
        let output = amauta(arguments);
        assert!(output.status.success());
        let help = text(&output.stdout);
        for setting in SETTINGS {
            assert!(help.contains(&format!("\n  {} ", setting.flag())), "{} in {help}", setting.flag());
        }
        assert!(!help.contains("cli-"), "a sentence is missing: {help}");
    }
    assert!(!text(&amauta(&["config", "--help"]).stdout).contains("--listen"));
}

#[test]
fn the_manual_tells_of_every_command_and_setting() {
    let manual = fs::read_to_string(crate::support::root().join("deploy/debian/amauta.1")).unwrap();
    let manual = manual.replace("\\-", "-");
    // What is told of is bold and begins a line.
    let bold = manual.lines().filter(|line| line.starts_with(".B")).collect::<Vec<_>>();
    let told = |word: &str| {
        let word = |piece: &str| piece.trim_matches('"') == word;
        bold.iter().any(|line| line.split([' ', '|']).take(3).any(word))
    };
    for setting in SETTINGS {
        assert!(told(&setting.flag()), "{}", setting.flag());
    }
    let help = amauta(&["help"]);
    let help = text(&help.stdout);
    let commands = help.lines().filter_map(|line| line.strip_prefix("  amauta "));
    let commands = commands.filter_map(|line| line.trim_start_matches('[').split([' ', ']']).next());
    let commands = commands.filter(|word| word.starts_with(char::is_alphabetic)).collect::<BTreeSet<_>>();
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands {
        assert!(told(command), "{command}");
    }
}

#[test]
fn version_is_one_line() {
    assert_eq!(text(&amauta(&["--version"]).stdout), format!("amauta {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_is_mistyped_ends_with_2_and_the_nearest_known() {
    for (arguments, expected) in [
        (&["serv"][..], "¿Querías decir serve?"),
        (&["cofnig"], "¿Querías decir config?"),
        (&["--lisen", "80"], "¿Querías decir --listen?"),
        (&["--xyzzy"], "No existe la opción --xyzzy."),
        (&["--listen"], "le falta su valor"),
        (&["--version=2"], "no lleva valor"),
        (&["serve", "otra"], "Sobra «otra»"),
        (&["config", "--workers", "2"], "no usa la opción --workers"),
    ] {
        let output = amauta(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = text(&output.stderr);
        assert!(told.contains(expected) && !told.contains("cli-"), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_settings_file_reads_back_to_the_defaults_commented_or_not() {
    let output = amauta(&["config"]);
    let template = text(&output.stdout);
    let environment: Environment = [("HOME".to_owned(), "/casa/de/prueba".to_owned())].into_iter().collect();
    let defaults = Config::defaults(&environment);
    let uncommented: String = template
        .lines()
        .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    for setting in SETTINGS {
        assert!(uncommented.contains(&format!("\n{} = ", setting.key)), "{}", setting.key);
    }
    for text in [template, &uncommented] {
        let mut config = Config { workers: defaults.workers, ..defaults.clone() };
        assert_eq!(apply_file(&mut config, Path::new("/etc/amauta/amauta.toml"), text), []);
        assert_eq!(config.given.is_empty(), text == template, "what stands in the file was given there");
        config.given.clear();
        assert_eq!(config, defaults);
    }
}

#[test]
fn wrong_settings_name_themselves_their_value_and_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("amauta.toml");
    std::fs::write(&file, "\nworker = 3\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["--config", file.to_str().unwrap(), "--listen", "abc"])
        .env_clear()
        .env("AMAUTA_LOG", "todo")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    for expected in [
        &format!("{}:2: no hay ningún ajuste «worker». ¿Querías decir workers?", file.display()),
        "opción --listen: «abc»",
        "variable AMAUTA_LOG: «todo» no sirve para log. Puede ser: error, warn, info, debug.",
    ] {
        assert!(told.contains(expected), "{expected} in {told}");
    }
}

#[test]
fn a_port_in_use_is_told_with_a_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let data = tempfile::tempdir().unwrap();
    let output = amauta(&["--listen", &address.to_string(), "--data", data.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains(&format!("El puerto {} ya lo usa", address.port())) && told.contains("--listen "),
        "{told}"
    );
    assert!(output.stdout.is_empty(), "nobody is invited to closed doors");
}

#[test]
fn a_data_folder_that_cannot_be_made_is_told_with_its_cause() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let folder = file.path().join("datos");
    let output = amauta(&["--listen", "127.0.0.1:0", "--data", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains(folder.to_str().unwrap()) && told.contains("\n  Causa: "), "{told}");
}

#[test]
fn the_program_invites_serves_and_ends_on_a_signal() {
    for signal in ["TERM", "INT"] {
        let mut program = Program::start(&[]);
        assert!(program.invitation.starts_with("Amauta está lista."), "{}", program.invitation);
        assert_eq!(Client::connect(program.address).get("/healthz").status, 200);
        let begun = Clock::system().instant();
        program.signal(signal);
        assert!(program.child.wait().unwrap().success(), "{signal}");
        assert!(since(begun) < Duration::from_secs(5));
    }
}

#[test]
fn the_first_start_measures_once_what_a_password_costs() {
    let program = Program::start(&[]);
    let kept = || {
        let db = rusqlite::Connection::open(program.data.path().join(amauta::store::school::FILE)).ok()?;
        let sql = "SELECT value FROM setting WHERE name = 'hash-passes'";
        db.query_row(sql, [], |row| row.get::<_, String>(0)).ok()?.parse::<u32>().ok()
    };
    eventually("a measure", || kept().is_some());
    assert!((5..=2000).contains(&kept().unwrap()));
}

#[test]
fn a_second_signal_does_not_wait_for_a_slow_client() {
    let mut program = Program::start(&["--header-timeout", "60"]);
    let mut client = Client::connect(program.address);
    client.send("GET /healthz HT");
    std::thread::sleep(Duration::from_millis(200));
    program.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert!(program.child.try_wait().unwrap().is_none(), "the first signal lets a begun request finish");
    program.signal("TERM");
    eventually("the end", || program.child.try_wait().unwrap().is_some_and(|status| status.success()));
}

#[test]
fn a_hangup_signal_does_not_end_the_program() {
    let mut program = Program::start(&[]);
    program.signal("HUP");
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(Client::connect(program.address).get("/healthz").status, 200);
    assert!(program.child.try_wait().unwrap().is_none());
}

#[test]
fn a_long_reading_of_content_does_not_delay_the_end() {
    let content = tempfile::tempdir().unwrap();
    let mut program = Program::start(&["--content", content.path().to_str().unwrap()]);
    let lesson = content.path().join("larga");
    fs::create_dir_all(lesson.join("media")).unwrap();
    fs::write(lesson.join("lesson.toml"), "").unwrap();
    // It takes no room on the disk, and minutes to read.
    fs::File::create(lesson.join("media/largo.ogg")).unwrap().set_len(200 << 30).unwrap();
    program.signal("HUP");
    std::thread::sleep(Duration::from_millis(300));
    let begun = Clock::system().instant();
    program.signal("TERM");
    eventually("the end", || program.child.try_wait().unwrap().is_some_and(|status| status.success()));
    assert!(since(begun) < Duration::from_secs(5));
}

#[test]
fn the_log_tells_no_address_and_nothing_a_client_wrote() {
    let mut program = Program::start_logging_to(Stdio::piped(), &["--log", "debug"]);
    let mut client = Client::connect(program.address);
    client.get("/healthz?clave=secreto");
    client.get("/buscar/secreto");
    client.send("SECRETO /healthz HTTP/1.1\r\nHost: secreto\r\nCookie: a=secreto\r\n\r\n").answer();
    Client::connect(program.address).send("SECRETO\r\n\r\n").answer();
    program.signal("TERM");
    program.child.wait().unwrap();
    let mut log = String::new();
    program.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("request method=\"GET\" route="), "{log}");
    let told = log.to_lowercase();
    for secret in ["secreto", "127.0.0.1", "buscar", "cookie"] {
        assert!(!told.contains(secret), "{secret} in {log}");
    }
    assert!(!log.contains('\u{1b}'), "colours in a file");
}

#[test]
fn every_sentence_of_the_command_line_exists_and_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = vec![root.join("src/config/mod.rs"), root.join("src/config/value.rs")];
    for entry in std::fs::read_dir(root.join("src/cli")).unwrap() {
        sources.push(entry.unwrap().path());
    }
    let code: Vec<String> = sources.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let code = code.concat();
    let mut used: BTreeSet<String> = code
        .split('"')
        .filter(|text| text.starts_with("cli-") && !text.contains('{'))
        .map(str::to_owned)
        .collect();
    used.extend(SETTINGS.iter().map(|setting| format!("cli-setting-{}", setting.dashed())));
    used.insert("cli-setting-config".to_owned());
    used.extend(
        [
            "serve", "check", "config", "backup", "restore", "doctor", "selftest", "pack", "import", "user",
            "export",
        ]
        .map(|name| format!("cli-help-{name}")),
    );
    let texts = std::fs::read_to_string(root.join("locales/es/cli.ftl")).unwrap();
    let written: BTreeSet<String> =
        amauta::i18n::entries::entries(&texts).iter().map(|entry| entry.id.to_owned()).collect();
    assert_eq!(used, written);
}

#[test]
fn check_names_file_line_what_and_cure_and_fails_on_errors_only() {
    let folder = tempfile::tempdir().unwrap();
    let lesson = folder.path().join("mala");
    std::fs::create_dir(&lesson).unwrap();
    std::fs::write(lesson.join("lesson.toml"), "id = \"mala\"\nkind = \n").unwrap();
    let output = amauta(&["check", folder.path().to_str().unwrap()]);
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let file = lesson.join("lesson.toml");
    let line = told.lines().find(|line| line.starts_with(&format!("{}:2:", file.display())));
    let line = line.unwrap_or_else(|| panic!("no line for {}: {told}", file.display()));
    assert!(line.contains(": error: ") && line.contains(" — "), "{line}");
    assert!(told.lines().last().unwrap().starts_with("Errores: "), "{told}");
}

#[test]
fn check_of_a_folder_that_is_not_there_says_so() {
    let output = amauta(&["check", "/no/existe"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("No existe la carpeta /no/existe."));
}

#[test]
fn an_empty_folder_has_nothing_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = amauta(&["check", folder.path().to_str().unwrap()]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "Todo está bien.\n"));
}

#[test]
fn coverage_is_a_table_of_themes_and_abilities_by_cycle_and_ends_well() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/lessons-ok");
    let output = amauta(&["check", "--coverage", folder]);
    let told = text(&output.stdout);
    assert!(output.status.success(), "{told}");
    let tables: Vec<&str> = told.split("\n\n").collect();
    let [count, themes, abilities] = tables.as_slice() else { panic!("{told}") };
    assert!(count.starts_with("Lecciones publicadas: "), "{count}");
    let head: Vec<&str> = themes.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(head[..6], ["Temas", "por", "ciclo", "II", "III", "IV"]);
    let widths: BTreeSet<usize> = themes.lines().map(|line| line.chars().count()).collect();
    assert_eq!(widths.len(), 1, "every line is as wide as the others: {themes}");
    let cell = |table: &str, row: &str| {
        let line =
            table.lines().find(|line| line.starts_with(row)).unwrap_or_else(|| panic!("{row}: {table}"));
        line.split_whitespace().nth(4).map(str::to_owned)
    };
    let covered = |table: &str, row: &str| cell(table, row).unwrap().parse::<usize>().unwrap_or_default();
    assert!(covered(themes, "informacion") >= 2, "{themes}");
    assert!(covered(abilities, "c28-gestiona") >= 2, "{abilities}");
    assert!(!told.contains("cli-"), "{told}");
    let output = amauta(&["--coverage"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no usa la opción --coverage"));
}
