# Lo que el programa dice en la consola. Solo existe en español.

cli-help =
    Amauta { $version }: el portal de la escuela, sin internet.

    Uso:
      amauta [serve] [OPCIONES]    sirve el portal hasta que lo detengas con Ctrl+C
      amauta check [CARPETA]       revisa una carpeta de lecciones
      amauta check --coverage      cuenta las lecciones de cada tema y capacidad
      amauta config                escribe un archivo de ajustes con todo explicado
      amauta backup DESTINO        guarda una copia de los datos de la escuela
      amauta restore RESPALDO      devuelve una copia a una carpeta vacía
      amauta doctor [OPCIONES]     revisa el equipo y dice qué hacer
      amauta selftest [OPCIONES]   prueba el equipo y lo cuenta en una pantalla
      amauta pack build|sign|verify|list|remove    arma, firma, revisa, nombra o quita paquetes
      amauta import PAQUETE        trae un paquete de una memoria USB
      amauta export --kiosk CARPETA    lecciones que se abren sin servidor
      amauta export --pack DESTINO NOMBRE    lo propio, como paquete para otras escuelas
      amauta user list|add|reset|…     personas con cuenta
      amauta help [ORDEN]          muestra esta ayuda o la de una orden
      amauta --version             muestra la versión
cli-help-serve =
    Sirve el portal a los equipos de la red de la escuela.

    Uso:
      amauta [serve] [OPCIONES]

    Ctrl+C (o SIGTERM) termina con calma lo que está en marcha; otra vez, corta de inmediato.
    SIGHUP vuelve a leer los contenidos.
cli-help-check =
    Revisa una carpeta de lecciones y dice qué falta, en qué archivo y línea, y qué hacer.
    Sin carpeta, revisa las lecciones incluidas en el programa.

    Uso:
      amauta check [--coverage] [CARPETA]

    Con --coverage no revisa: cuenta cuántas lecciones publicadas hay de cada tema y de cada
    capacidad, en cada ciclo. Así se ve qué falta escribir.

    Termina con 1 si hay errores: una lección con errores no se publica. Un aviso no lo impide.
cli-help-config =
    Escribe en la pantalla un archivo de ajustes con todo explicado y los valores de fábrica.

    Uso:
      amauta config > amauta.toml

    Borra el # de una línea para cambiar ese ajuste. Guarda el archivo en la carpeta de datos
    o en /etc/amauta/amauta.toml.
cli-help-backup =
    Guarda una copia de los datos de la escuela: personas con cuenta y archivos. El servidor puede
    seguir en marcha. Lo que ya está en el destino no se copia otra vez.

    Uso:
      amauta backup [--data CARPETA] DESTINO

    Termina con 3 si la copia está hecha pero algún archivo de la escuela está dañado.
cli-help-restore =
    Devuelve una copia a una carpeta de datos que no existe o está vacía. El respaldo puede ser una
    copia o la carpeta de todas: entonces se usa la más nueva que está sana.

    Uso:
      amauta restore --data CARPETA_NUEVA RESPALDO

    Termina con 3 si parte de la copia está dañada; lo demás queda restaurado.
cli-help-doctor =
    Revisa el equipo: disco, memoria, reloj, puertos, permisos, bases de datos, contenido y red.
    De cada cosa dice cómo está y, si hace falta, qué hacer. No cambia nada.

    Uso:
      amauta doctor [--json] [OPCIONES]

    Con --json escribe lo mismo para otro programa. Acepta las opciones de «amauta serve».
    Termina con 0 si todo está bien, con 1 si hay avisos y con 2 si hay errores.
cli-help-selftest =
    Prueba el equipo y lo cuenta en una pantalla, para fotografiarla y enviarla a quien hace Amauta:
    procesador, memoria, cuánto tarda una página, una contraseña y guardar algo en la carpeta de datos.
    No cambia nada de la escuela. El servidor puede seguir en marcha.

    Uso:
      amauta selftest [--data CARPETA]

    Termina con 0 si todo funciona y con 1 si algo no.
cli-help-pack =
    Arma, revisa o nombra paquetes de lecciones y materiales. Un paquete es una carpeta o un ZIP de ella.

    Uso:
      amauta pack build CARPETA DESTINO [--key LLAVE | --data CARPETA] [--signer NOMBRE]
      amauta pack sign PAQUETE [--key LLAVE | --data CARPETA] [--signer NOMBRE]
      amauta pack verify PAQUETE
      amauta pack list CARPETA
      amauta pack remove NOMBRE [--data CARPETA]

    build: CARPETA tiene pack.toml y lessons/ o resources/. Con --key lo firma: es una llave
    de «minisign -G -W». NOMBRE es quien firma, como lo verán las escuelas. Sin --key, con --data o dentro
    de la carpeta de datos, lo firma la llave de la escuela (keys/school.key).
    sign: firma una carpeta que ya es un paquete, después de revisarla. La firma de antes ya no cuenta.
    verify: lee cada archivo y dice cuál falta, sobra o está cambiado, y quién firmó.
    list: los paquetes que hay en una memoria USB.
    remove: quita de la escuela un paquete, con todas sus versiones.

    Termina con 1 si algo está mal.
cli-help-import =
    Trae un paquete a la carpeta de datos. Primero lo revisa entero; luego lo copia aparte y cambia
    de una vez. Si se corta la luz, sigue sirviendo el anterior, y la orden repetida continúa.

    Uso:
      amauta import PAQUETE [--trust] [--data CARPETA]

    Sin --trust se rechaza un paquete sin firma, o firmado por alguien que la escuela no conoce, y
    se muestra quién es. Con --trust lo recibes bajo tu responsabilidad, y se recuerda su llave.
cli-help-export =
    Escribe lecciones en una carpeta que se abre sin servidor, con doble clic en index.html: en una memoria
    USB, o en cualquier computadora con navegador.

    Uso:
      amauta export --kiosk CARPETA [COLECCIÓN] [--data CARPETA] [--content CARPETA]
      amauta export --pack DESTINO NOMBRE [--data CARPETA] [--content CARPETA]

    COLECCIÓN: todas (si no se dice), tema-TEMA, nivel-NIVEL, o el id de una lección. Son las páginas de los
    libros para llevar: se leen y se imprimen, sin preguntas que se corrijan solas ni buscador.
    Si la carpeta ya tiene un index.html que no es de Amauta, no se toca.

    --pack hace un paquete para otras escuelas con las lecciones y los materiales propios, firmado con la llave
    de la escuela. NOMBRE no cambia nunca; la versión es el día.
cli-help-user =
    Personas con cuenta. Sirve con el servidor en marcha, y cuando nadie recuerda su contraseña.

    Uso:
      amauta user list [--data CARPETA]
      amauta user add teacher|coordinator|technician
      amauta user reset USUARIO
      amauta user disable USUARIO
      amauta user enable USUARIO

    add: un código de un solo uso para una cuenta de docente, coordinador o técnico.
    reset: un código para otra contraseña. Las sesiones abiertas se cierran cuando se usa.
    disable y enable: cierran una cuenta y la abren otra vez. Lo que hizo la persona queda.
cli-help-options =
    Opciones. Cada una vale también como variable (--max-body: AMAUTA_MAX_BODY) y como línea del
    archivo de ajustes (max_body). Manda la opción; luego la variable; luego el archivo.

cli-template-intro =
    Ajustes de Amauta.
    Borra el # de una línea para cambiar ese ajuste.
    Una opción (--workers 2) o una variable (AMAUTA_WORKERS=2) manda más que este archivo.

cli-setting-config =
    Archivo de ajustes. Si no se indica: amauta.toml en la carpeta de datos, luego
    /etc/amauta/amauta.toml.
    .value = ARCHIVO
cli-setting-listen =
    Dirección y puerto donde se atiende. Un puerto solo vale para todas las direcciones del equipo.
    Puede haber varias: se repite la opción, o se separan con comas en la variable.
    .value = DIRECCIÓN
cli-setting-data =
    Carpeta donde se guarda todo lo que la escuela hace o recibe.
    .value = CARPETA
cli-setting-content =
    Carpeta con lecciones propias y materiales sueltos. Una lección reemplaza a la incluida que tenga el mismo id. Vacío:
    ninguna.
    .value = CARPETA
cli-setting-backups =
    Carpeta donde el servidor respalda solo, cada día, los datos de la escuela. Mejor en otro disco. Vacío: backups, en la
    carpeta de datos.
    .value = CARPETA
cli-setting-school-name =
    Nombre de la escuela, como saldrá en las páginas.
    .value = NOMBRE
cli-setting-default-lang =
    Lengua para los navegadores que no piden ninguna: es o qu.
    .value = LENGUA
cli-setting-workers =
    Hilos que atienden. 0 o 1: uno solo, lo mejor en equipos pequeños.
    .value = NÚMERO
cli-setting-max-connections =
    Conexiones a la vez. A las demás se les pide volver en unos segundos.
    .value = NÚMERO
cli-setting-header-timeout =
    Segundos para recibir el encabezado de un pedido.
    .value = SEGUNDOS
cli-setting-body-timeout =
    Segundos de silencio que se aguantan mientras llega un formulario o un archivo.
    .value = SEGUNDOS
cli-setting-idle-timeout =
    Segundos que se mantiene abierta una conexión sin pedidos.
    .value = SEGUNDOS
cli-setting-max-body =
    Tamaño máximo de un formulario, en bytes.
    .value = BYTES
cli-setting-max-upload =
    Tamaño máximo de un archivo que sube un docente, en bytes.
    .value = BYTES
cli-setting-upload-quota =
    Espacio para todos los archivos de un docente, en bytes.
    .value = BYTES
cli-setting-free-floor =
    Espacio del disco que las subidas dejan siempre libre, en bytes.
    .value = BYTES
cli-setting-power-off =
    Orden que apaga el equipo desde la página del docente o del técnico; vacío: no se ofrece.
    .value = ORDEN
cli-setting-operations =
    Quién puede ver las páginas del técnico (estado y contadores): loopback, solo desde este
    mismo equipo; lan, desde cualquier equipo de la red.
    .value = QUIÉN
cli-setting-portal =
    Qué se responde a los teléfonos que preguntan si esta red llega a internet, cuando la red de la
    escuela contesta por todos los nombres: off, nada; open, que muestren el portal al conectarse;
    quiet, que todo está bien, para que se queden en la red sin avisos.
    .value = MODO
cli-setting-log =
    Qué se anota en la consola: error, warn, info o debug.
    .value = NIVEL

cli-source-flag = opción { $name }
cli-source-variable = variable { $name }

cli-config-bad-address = { $source }: «{ $value }» no es una dirección. Escribe un puerto (8080) o una dirección con puerto (192.168.1.10:8080, [::1]:8080).
cli-config-bad-number = { $source }: «{ $value }» no sirve para { $setting }. Va un número entero entre { $least } y { $most }.
cli-config-bad-choice = { $source }: «{ $value }» no sirve para { $setting }. Puede ser: { $choices }.
cli-config-bad-lang = { $source }: «{ $value }» no es el código de una lengua. Escribe es o qu.
cli-config-empty = { $source }: { $setting } está vacío. Escribe un valor o quita la línea.
cli-config-wrong-kind = { $source }: el valor de { $setting } no es de la clase que toca. Mira «amauta config».
cli-config-unknown-key = { $source }: no hay ningún ajuste «{ $name }».
cli-config-unknown-variable = { $source }: no hay ningún ajuste con ese nombre.
cli-config-not-toml = { $source }: el archivo de ajustes no está bien escrito. Revisa las comillas y el signo =. ({ $cause })
cli-config-unreadable = { $source }: no se puede leer el archivo { $file }. Revisa el nombre y los permisos. ({ $cause })

cli-unknown-command = No existe la orden «{ $name }».
cli-unknown-option = No existe la opción { $name }.
cli-did-you-mean = ¿Querías decir { $nearest }?
cli-option-of-another = La orden «{ $command }» no usa la opción { $name }.
cli-option-without-value = A la opción { $name } le falta su valor.
cli-option-needless-value = La opción { $name } no lleva valor.
cli-too-much = Sobra «{ $word }».
cli-too-little = A la orden «{ $command }» le falta algo.
cli-usage-hint = Escribe «amauta --help» para ver qué se puede hacer.
cli-because = Causa: { $cause }
cli-cannot-print = No se puede escribir en la salida.

cli-check-error = error
cli-check-warning = aviso
cli-check-nothing = Todo está bien.
cli-check-count = Errores: { $errors }. Avisos: { $warnings }.
cli-check-no-folder = No existe la carpeta { $folder }.

cli-selftest =
    Amauta { $version }, { $build }. Prueba del { $now }, Linux { $kernel }
      Procesador   { $count } x { $processor }
                   tiene { $has }; le falta: { $lacks }
      Memoria      quedan { $free } MB de { $total } MB; el programa usa { $own } MB
      Carpeta      { $folder } ({ $system }): quedan { $room } MB de { $size } MB
      Arranque     { $start }
      Página       nueva { $fresh }; ya hecha { $kept } ({ $pages } páginas, castellano y quechua)
      Contraseña   { $hash } con { $least } vueltas; aquí se darán { $passes }
      Guardar      archivo { $fsync }; registro { $commit } { $journal }
    { $verdict }
cli-selftest-millis = { $millis } ms
cli-selftest-fails = ERROR ({ $cause })
cli-selftest-wal = (diario WAL)
cli-selftest-no-wal = (diario { $journal }: este disco no admite WAL; funciona igual)
cli-selftest-well = TODO FUNCIONA. Fotografía esta pantalla.
cli-selftest-ill = ALGO NO FUNCIONA: mira dónde dice ERROR. Fotografía esta pantalla.

cli-coverage-lessons = Lecciones publicadas: { $lessons }. Una lección cuenta en cada ciclo que nombra.
cli-coverage-themes = Temas por ciclo
cli-coverage-abilities = Capacidades por ciclo

cli-serve-open = Amauta está lista. Abre en el navegador: { $addresses }
cli-serve-first = Este servidor todavía no tiene técnico. Para crear su cuenta, abre { $path } en esa dirección y escribe este código: { $code }
cli-serve-hurt = Los registros de la escuela están dañados y se apartaron sin borrar nada: { $file }. Las lecciones funcionan; nadie puede entrar con su cuenta.
cli-serve-hurt-backup = Para recuperarlos: detén Amauta, copia { $backup } como { $records } y arráncala. Lo que cambió después de ese respaldo solo está en lo apartado.
cli-serve-hurt-none = No hay un respaldo entero en { $folder }. Búscalo en la memoria USB y copia su school.db. Si no hay ninguno, mueve { $file } a otra carpeta: Amauta empieza sin cuentas.
cli-serve-port-taken = El puerto { $port } ya lo usa otro programa. Cierra ese programa (¿quizá otra Amauta?) o elige otro puerto: amauta --listen { $other }
cli-serve-port-forbidden = El sistema no permite usar el puerto { $port } sin permisos de administrador. Elige uno desde 1024: amauta --listen 8080
cli-serve-not-our-address = La dirección { $address } no es de este equipo. Usa solo el puerto: amauta --listen { $port }
cli-serve-cannot-listen = No se puede atender en { $address }.
cli-serve-no-data = No se puede escribir en la carpeta de datos { $folder }. Revisa los permisos y el espacio libre, o elige otra: amauta --data CARPETA
cli-serve-no-runtime = No se pudo arrancar: faltan memoria o permisos del sistema.
cli-serve-failed = El servidor se detuvo.

cli-no-folder = A la orden «{ $command }» le falta una carpeta. Mira «amauta help { $command }».
cli-backup-made = Respaldo hecho y comprobado: { $folder } (archivos: { $files }; nuevos: { $copied }).
cli-restore-made = Restaurado de { $folder } (archivos: { $files }).
cli-restore-no-records = Las cuentas (school.db) de esta copia no se pueden usar. Prueba con otra copia.
cli-backup-hurt = Dañado: { $file }
cli-backup-no-records = No hay datos de una escuela en { $path }. Indica su carpeta: --data CARPETA
cli-backup-records = No se pueden copiar los datos de la escuela.
cli-backup-not-written = { $path } no se lee como se escribió: esa memoria falla. Usa otra.
cli-backup-busy = Ya se está haciendo otro respaldo en { $path }. Espera a que termine.
cli-backup-full = No queda espacio para { $path }. Libera espacio o usa otra memoria; lo que había sigue igual.
cli-backup-read-only = No se puede escribir { $path }: la memoria es de solo lectura. Revisa su seguro o usa otra.
cli-backup-io = No se puede leer o escribir { $path }. ¿Se retiró la memoria?
cli-backup-no-backup = No hay ningún respaldo completo en { $path }.
cli-backup-not-empty = La carpeta { $path } no está vacía. Restaura en una nueva: --data CARPETA_NUEVA
cli-backup-newer = El respaldo es de una versión más nueva. Instala Amauta { $program } o una posterior.
cli-pack-built = Paquete listo: { $folder }
cli-pack-line = { $name } { $version }: { $title }
cli-pack-size = Archivos: { $files }. Tamaño: { $megabytes } MB.
cli-pack-signed = Firmado por «{ $name }», llave { $key }
cli-pack-unsigned = Sin firma.
cli-pack-signed-by = Firmado por «{ $name }».
cli-pack-no-own-key = La escuela todavía no tiene llave: se hace al arrancar el servidor. O indica una: --key LLAVE
cli-pack-no-key = No se puede leer la llave { $file }.
cli-pack-removed = El paquete { $name } ya no está en la escuela.
cli-pack-not-there = La escuela no tiene ningún paquete «{ $name }».
cli-pack-none = Aquí no hay paquetes.
cli-import-done = { $name } { $version } está en la escuela. Archivos copiados: { $copied } de { $files }.
cli-import-reload = Para que se vea ahora: sudo systemctl reload amauta, o espera al próximo arranque.

cli-export-made = Listo: abre { $folder }/index.html con cualquier navegador. Archivos: { $files }.
cli-export-unknown = No hay ninguna colección ni lección «{ $name }». Prueba con: todas
cli-export-taken = En { $folder } hay un index.html que no es de Amauta. Elige otra carpeta.
cli-export-bad-name = «{ $name }» no sirve de nombre: letras pequeñas, números y guiones.
cli-export-records = Los registros de la escuela no se pueden abrir: { $cause }. «amauta doctor» dice qué hacer.
cli-export-no-date = El reloj de este equipo está mal, y el día es la versión del paquete. Pon la fecha y repite.
cli-export-failed = No se pudo escribir en { $folder }.

cli-user-code = Código de un solo uso, por 30 días: { $code }
    En un navegador de la escuela, abrir { $path } y escribirlo.
cli-user-nobody = Todavía nadie tiene cuenta. El primer técnico la crea con el código que escribe «amauta serve».
cli-user-teacher = docente
cli-user-coordinator = coordinador
cli-user-technician = técnico
cli-user-active = abierta
cli-user-disabled = cerrada
cli-user-unknown = Nadie tiene el usuario «{ $login }». Míralos con: amauta user list
cli-user-no-role = «{ $role }» no es una función. Usa teacher (docente), coordinator (coordinador) o technician (técnico).
cli-user-last = Es el último técnico con cuenta abierta. Invita primero a otro: amauta user add technician
cli-user-no-school = En { $folder } no hay cuentas de una escuela. Indica su carpeta: --data CARPETA
cli-user-closed = No se pueden usar las cuentas de la escuela.
cli-user-full = El disco está lleno. No se cambió nada.
