# Páginas del técnico. Solo en castellano.
technician-title = Estado del servidor
technician-figure-version = Versión del programa
technician-figure-content = Versión del contenido
technician-figure-today = Fecha del servidor
technician-figure-lessons = Lecciones
technician-figure-resources = Recursos
technician-figure-materials = Materiales de la escuela
technician-figure-passed-over = Archivos que no se muestran (amauta check CARPETA dice por qué)
technician-figure-languages = Lenguas
technician-figure-pages = Páginas en memoria
technician-figure-connections = Conexiones ahora
technician-figure-requests = Pedidos desde el arranque
technician-figure-memory = Memoria en uso
technician-figure-memory-free = Memoria libre del equipo / toda
technician-figure-load = Carga del procesador (1, 5 y 15 minutos)
technician-figure-backup = Último respaldo
technician-figure-no-backup = todavía ninguno
technician-figure-stored-records = Disco: cuentas, registros e índice
technician-figure-stored-files = Disco: archivos de los docentes
technician-figure-stored-lessons = Disco: lecciones y materiales propios
technician-figure-stored-packs = Disco: paquetes
technician-figure-stored-backups = Disco: respaldos
technician-figure-stored-cache = Disco: lo que se rehace solo
technician-plots = La última semana
technician-plots-how = Cada barra es una hora con el servidor encendido, la más nueva a la derecha; cada raya delgada, 24 horas. La raya del medio es la mitad de lo más alto.
technician-plot-requests = Pedidos en cada hora
technician-plot-connections = Conexiones a la vez
technician-plot-memory = Memoria del programa
technician-plot-free = Espacio libre del disco
technician-plot-told = Lo más alto: { $most }. Ahora: { $last }.
technician-clock = El reloj de esta máquina no puede estar bien: marca una fecha anterior a la del programa. Pon la fecha; quizá se gastó la pila.
technician-health = El equipo
technician-problems = Problemas del contenido
technician-no-problems = Ninguno. Todo lo que hay se muestra.
technician-more-problems = Hay { $count } más. Para verlos todos: amauta check CARPETA
technician-place = Dónde
technician-what = Qué pasa
technician-cure = Qué hacer
technician-left-out = No se muestra.

technician-people = Personas
technician-people-title = Personas con cuenta
technician-people-name = Nombre
technician-people-login = Usuario
technician-people-role = Función
technician-people-standing = Cuenta
technician-people-active = abierta
technician-people-shut = cerrada
technician-people-shut-it = Cerrar la cuenta
technician-people-open-it = Abrir la cuenta
technician-people-reset = Código para otra contraseña
technician-invite-title = Invitar
technician-invite-intro = El código sirve una vez, durante 30 días. Entrégalo en la mano: quien lo tiene crea la cuenta.
technician-invite-role = Función de la persona
technician-invite-count = Cuántos códigos
technician-invite = Hacer códigos
technician-slips-title = Códigos para cuentas nuevas
technician-slips-once = Se muestran solo esta vez: imprímelos ahora.
technician-slips-for = Tu código para una cuenta de
technician-slips-how = Para crear tu cuenta, escribe esta dirección en un navegador de la escuela:
    .ends = Sirve una sola vez, durante 30 días. No lo prestes.
technician-code-account = Código para una cuenta nueva
technician-code-reset = Código para otra contraseña de { $name }
technician-code-where = En un navegador de la escuela, en la dirección de siempre, abrir { $path } y escribir el código. Se muestra solo esta vez: imprime esta hoja o cópialo a mano.
technician-events = Lo que se hizo
technician-events-day = Día
technician-events-actor = Quién
technician-events-deed = Qué
technician-events-subject = De quién
technician-events-console = la consola
technician-events-no-day = reloj sin fecha
technician-deed-claimed = creó la primera cuenta
technician-deed-invited = hizo un código de invitación
technician-deed-joined = creó su cuenta con un código
technician-deed-reset-given = hizo un código para otra contraseña
technician-deed-reset = puso otra contraseña con un código
technician-deed-disabled = cerró una cuenta
technician-deed-enabled = abrió otra vez una cuenta
technician-deed-dated = puso la fecha del servidor
technician-deed-configured = cambió los ajustes
technician-deed-unknown = algo que esta versión no conoce

technician-date = Fecha y hora
technician-date-title = Fecha y hora
technician-date-now = El servidor cree que es: { $now }.
technician-date-unknown = El servidor no sabe qué día es: quizá se gastó la pila de su reloj. Mientras tanto, lo que se hace queda sin fecha.
technician-date-whose = La fecha ya está puesta. Si no es correcta, la cambia el técnico.
technician-date-day = Día
technician-date-month = Mes
technician-date-year = Año
technician-date-hour = Hora (0 a 23)
technician-date-minute = Minuto
technician-date-hint = La hora del Perú. Si el equipo pierde la hora al apagarse, la pediremos otra vez.
technician-date-do = Poner la fecha
technician-date-set = La fecha está puesta.

technician-settings = Ajustes
technician-settings-kept = Los ajustes están guardados.
technician-settings-fixed = Lo dice el archivo de ajustes o una opción del programa; aquí no se cambia.
technician-settings-school = Nombre de la escuela
technician-settings-lang = Lengua para quien no elige
technician-settings-quota = Espacio para los archivos de cada docente, en MB
technician-settings-channels = Ayuda cerca de la escuela
technician-settings-channels-intro = Llama o visita cada lugar antes de escribirlo. Lo que escribas se muestra en la ruta de ayuda durante un año; después se pide comprobarlo otra vez. Lo que queda vacío no se muestra.
technician-settings-contact = Teléfono o dirección
technician-settings-hours = Horario
technician-settings-keep = Guardar
technician-settings-problem-school = El nombre es muy largo: hasta 80 letras. No se guardó nada.
technician-settings-problem-lang = Esa lengua no está en el servidor. No se guardó nada.
technician-settings-problem-quota = El espacio se escribe en números, de 1 MB en adelante. No se guardó nada.
technician-settings-problem-contact = Un teléfono o un horario es muy largo: hasta 120 letras. No se guardó nada.
technician-settings-problem-channels = El archivo help-channels.toml de la carpeta de datos tiene un error. Corrígelo («amauta check CARPETA» dice dónde) y guarda otra vez. No se guardó nada.
technician-settings-problem-full = El disco está lleno o no se puede escribir. Libera espacio y guarda otra vez.

technician-power = Apagar o reiniciar
technician-power-do-off = Apagar el servidor
technician-power-off-intro = Lo que ya se guardó no se pierde. Avisa a la clase: nadie podrá abrir las páginas hasta que alguien encienda el equipo otra vez.
technician-power-no-off = Desde aquí no se puede apagar este equipo. Para permitirlo, mira el ajuste power_off en la guía de instalación.
technician-power-do-restart = Reiniciar el programa
technician-power-restart-intro = El equipo sigue encendido; las páginas vuelven en unos segundos.
technician-power-off = El equipo se está apagando. Espera a que se apague la luz antes de desconectarlo.
technician-power-failed = El equipo no se apagó. El registro del servidor dice por qué. Nada se perdió.
technician-power-restart = El programa se reinicia. Espera unos segundos y abre otra página.

technician-in-folder = En { $folder }
technician-size = Tamaño
technician-backups = Respaldos
technician-backups-title = Respaldos
technician-backups-intro = Con el servidor en marcha se hacen solos, uno cada día. También en la memoria USB que tenga la etiqueta AMAUTA o una carpeta amauta-respaldos. Llevan datos de personas: guárdala bajo llave.
technician-backup-now = Respaldar ahora
technician-backup-done = El respaldo está hecho.
technician-backup-running = El respaldo sigue en marcha. Abre esta página otra vez en unos minutos.
technician-backup-fault =
    { $cause ->
        [full] La última vez no quedaba espacio. Libera espacio ahí o usa otra memoria.
        [read-only] La última vez no se pudo escribir: está montado solo para leer.
        [unwritten] Lo que se escribe ahí no se lee igual: el disco o la memoria está fallando. Usa otra.
        [records] Los registros de la escuela no se pueden copiar. Mira qué dice «amauta doctor».
        [hurt] Se hizo, pero hay archivos de la escuela dañados y no queda copia entera de ellos. «amauta backup CARPETA» dice cuáles.
        [busy] Otro respaldo se está haciendo ahora mismo.
       *[disk] La última vez el disco o la memoria no respondió bien. Revisa que esté conectada.
    }
technician-backup-name = Respaldo
technician-backup-day = Día
technician-backup-state = Cómo está
technician-backup-whole = entero
technician-backup-hurt = dañado
technician-backup-none = Todavía no hay ninguno.

technician-packs = Paquetes
technician-packs-title = Paquetes
technician-packs-installed = En el servidor
technician-packs-none = Ninguno. Las lecciones del programa se ven sin paquetes.
technician-packs-none-here = Aquí no hay paquetes.
technician-packs-sticks = Memorias conectadas
technician-packs-no-stick = Ninguna. Conecta una memoria USB con paquetes al servidor y abre esta página otra vez.
technician-pack-title = Paquete
technician-pack-signer = Quién lo firmó
technician-pack-key = Llave: { $key }
technician-pack-standing =
    { $standing ->
        [trusted] de confianza
        [other] conocido, pero no para este paquete
        [revoked] con una llave anulada
        [unknown] no se conoce
       *[unsigned] nadie lo firmó
    }
technician-pack-state =
    { $state ->
        [new] No está en el servidor.
        [newer] Es más nuevo que el del servidor.
        [older] Es más antiguo que el del servidor.
        [same] Esta versión ya está.
       *[hurt] No se puede traer.
    }
technician-pack-bring = Traer
technician-pack-trust = Confiar en quien lo firmó, y traer
technician-pack-once = Traer solo esta vez
technician-pack-compare = Antes compara la llave por teléfono o en papel: el nombre lo escribió quien hizo el paquete.
technician-pack-remove = Quitar
technician-pack-sure = sí, quitarlo
technician-pack-reading = { $title }: se revisa cada archivo.
technician-pack-bringing = { $title }: { $done } de { $all }.
technician-pack-look = Ver cómo va
technician-pack-stop = Parar
technician-pack-here = { $title } está en el servidor. Archivos copiados: { $copied } de { $files }. Se verá en unos segundos.
technician-pack-refused = No se trajo. Lo de antes sigue como estaba.
technician-pack-stopped = Se paró. Lo copiado queda guardado: si lo traes otra vez, sigue desde ahí.
technician-pack-busy = Otro paquete se está trayendo ahora mismo.
technician-pack-removed = { $title } ya no está en el servidor.
technician-pack-take-out = Sacar lo de la escuela
technician-pack-take-out-intro = Hace en la memoria un paquete con las lecciones y materiales propios y con lo que publicaron los docentes, con sus nombres y licencias, firmado por la escuela. Otra escuela lo trae como cualquier paquete.
technician-pack-take-out-name = Nombre del paquete: letras pequeñas, números y guiones; siempre el mismo
technician-pack-take-out-where = Memoria
technician-pack-take-out-do = Sacar
technician-pack-out = El paquete está en { $title }.
technician-pack-not-out = No se hizo ningún paquete. En la memoria no quedó nada a medias.
technician-pack-taking = El paquete se sigue haciendo. Abre esta página otra vez en unos minutos: aparecerá en la lista de la memoria.
technician-pack-bad-name = Ese nombre no sirve: letras pequeñas, números y guiones. No se hizo nada.
technician-pack-no-date = El servidor no sabe qué día es, y el día es la versión del paquete. Pon primero la fecha en «Fecha y hora».
technician-pack-unsure = No se quitó: falta marcar «sí, quitarlo».
