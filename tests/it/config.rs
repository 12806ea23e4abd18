//! Settings: which source wins, what is refused and who is blamed.

use std::{fs, path::Path, time::Duration};

use amauta::{
    config::{Config, Environment, Fault, Flags, SETTINGS, Source, apply_file, load},
    domain::lang::Lang,
    web::server::Operations,
};

fn environment(pairs: &[(&str, &str)]) -> Environment {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn flags(pairs: &[(&str, &str)]) -> Flags {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn file(text: &str) -> (Config, Vec<Fault>) {
    let mut config = Config::defaults(&Environment::default());
    let faults = apply_file(&mut config, Path::new("/srv/escuela/amauta.toml"), text);
    (config, faults)
}

#[test]
fn a_flag_beats_a_variable_beats_the_file_beats_the_default() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("amauta.toml"), "workers = 2\nmax_connections = 20\nmax_body = 2000\n")
        .unwrap();
    let data = folder.path().to_str().unwrap();
    let environment =
        environment(&[("AMAUTA_DATA", data), ("AMAUTA_WORKERS", "3"), ("AMAUTA_MAX_CONNECTIONS", "30")]);
    let config = load(&flags(&[("workers", "4")]), &environment).unwrap();
    assert_eq!((config.workers, config.limits.max_connections, config.limits.max_body), (4, 30, 2000));
    assert_eq!(config.limits.idle_timeout, Duration::from_secs(15));
    assert_eq!(config.data, folder.path());
}

#[test]
fn the_data_folder_follows_the_users_habits() {
    for (pairs, folder) in [
        (&[("HOME", "/home/ana")][..], "/home/ana/.local/share/amauta"),
        (&[("HOME", "/home/ana"), ("XDG_DATA_HOME", "/datos")], "/datos/amauta"),
        (&[("HOME", "/home/ana"), ("XDG_DATA_HOME", "relativa")], "/home/ana/.local/share/amauta"),
        (&[], "/var/lib/amauta"),
    ] {
        assert_eq!(Config::defaults(&environment(pairs)).data, Path::new(folder));
    }
}

#[test]
fn every_kind_of_value_is_read_from_a_file() {
    let (config, faults) = file(
        "listen = [\"127.0.0.1:81\", 82]\ndata = \"datos\"\ncontent = \"/abs\"\nschool_name = \"I.E. «Túpac»\"\n\
         default_lang = \"qu\"\nmax_body = 0x1_0000\noperations = \"lan\"\nlog = 'debug'\nidle_timeout = 7\n",
    );
    assert_eq!(faults, []);
    assert_eq!(config.listen, ["127.0.0.1:81".parse().unwrap(), "[::]:82".parse().unwrap()]);
    assert_eq!(config.data, Path::new("/srv/escuela/datos"), "a folder in a file starts where the file is");
    assert_eq!(config.content.as_deref(), Some(Path::new("/abs")));
    assert_eq!(config.school_name.as_deref(), Some("I.E. «Túpac»"));
    assert_eq!((config.default_lang, config.operations), (Lang::QU, Operations::Lan));
    assert_eq!((config.limits.max_body, config.log), (65536, tracing::Level::DEBUG));
    assert_eq!(config.limits.idle_timeout, Duration::from_secs(7));
}

#[test]
fn a_fault_names_the_line_and_all_faults_are_told() {
    let (_, faults) = file(
        "workers = 1\n\nmax_conections = 3\nlog = \"mucho\"\nheader_timeout = 0\nlisten = [\"x\"]\nworkers2 = {}\ndata = 3.5\n",
    );
    let mut told: Vec<(usize, &str, Option<&str>)> = faults
        .iter()
        .map(|fault| match &fault.source {
            Source::File(_, line) => (*line, fault.id, fault.nearest.as_deref()),
            other => panic!("{other:?}"),
        })
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (3, "cli-config-unknown-key", Some("max_connections")),
            (4, "cli-config-bad-choice", None),
            (5, "cli-config-bad-number", None),
            (6, "cli-config-bad-address", None),
            (7, "cli-config-unknown-key", Some("workers")),
            (8, "cli-config-wrong-kind", None),
        ]
    );
}

#[test]
fn a_file_that_is_not_toml_is_refused_with_its_line() {
    let (_, faults) = file("workers = 1\nlisten = [\"a\n");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].id, "cli-config-not-toml");
    assert!(matches!(&faults[0].source, Source::File(_, line) if *line >= 2), "{faults:?}");
}

#[test]
fn a_file_that_was_named_must_be_there_and_one_that_was_not_may_be_missing() {
    let nowhere = environment(&[("AMAUTA_DATA", "/no/existe")]);
    assert!(load(&flags(&[]), &nowhere).is_ok());
    let faults = load(&flags(&[("config", "/no/existe.toml")]), &nowhere).unwrap_err();
    assert_eq!(
        (faults[0].id, &faults[0].source),
        ("cli-config-unreadable", &Source::Flag("--config".to_owned()))
    );
}

#[test]
fn numbers_outside_their_bounds_and_odd_addresses_are_refused() {
    let refused = [
        ("workers", "65"),
        ("workers", "-1"),
        ("max_connections", "0"),
        ("body_timeout", "3601"),
        ("max_body", "99999999999999999999999"),
        ("listen", "300.1.1.1:80"),
        ("listen", "70000"),
        ("listen", ""),
        ("default_lang", "español"),
        ("operations", "todos"),
        ("data", ""),
    ];
    for (key, value) in refused {
        let faults = load(&flags(&[(key, value)]), &Environment::default()).unwrap_err();
        assert_eq!(faults.len(), 1, "{key}={value}");
        assert!(
            matches!(&faults[0].source, Source::Flag(flag) if *flag == format!("--{}", key.replace('_', "-")))
        );
    }
    for address in ["8080", ":8080", "localhost:80", "[::1]:80", "10.0.0.1:80"] {
        assert!(load(&flags(&[("listen", address)]), &Environment::default()).is_ok(), "{address}");
    }
}

#[test]
fn a_mistyped_variable_is_not_silently_ignored() {
    let faults = load(&flags(&[]), &environment(&[("AMAUTA_MAXBODY", "1")])).unwrap_err();
    assert_eq!(faults[0].id, "cli-config-unknown-variable");
    assert_eq!(faults[0].nearest.as_deref(), Some("AMAUTA_MAX_BODY"));
}

#[test]
fn every_value_written_back_is_read_the_same() {
    let (config, faults) = file(
        "listen = [\"127.0.0.1:81\", \"[::]:82\"]\ndata = \"/a \\\"b\\\\c\"\nschool_name = \"x\\ty\"\ndefault_lang = \"qu\"\nworkers = 5\n",
    );
    assert_eq!(faults, []);
    let written: Vec<String> =
        SETTINGS.iter().map(|setting| format!("{} = {}\n", setting.key, setting.value(&config))).collect();
    let written = written.concat();
    let (mut again, faults) = file(&written);
    assert_eq!((config.given.len(), again.given.len()), (5, SETTINGS.len()));
    again.given.clone_from(&config.given);
    assert_eq!((again, faults), (config, vec![]), "{written}");
}
