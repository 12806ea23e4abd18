# Lo que dice «amauta doctor». Solo en castellano. El valor dice cómo está; «.cure», qué hacer.
doctor-outcome-ok = bien
doctor-outcome-warning = AVISO
doctor-outcome-error = ERROR
doctor-outcome-unknown = no se sabe
doctor-unknown = este equipo no lo dice

doctor-disk = Espacio en disco
doctor-disk-free = quedan { $free } MB de { $total } MB
doctor-disk-little = quedan solo { $free } MB de { $total } MB
    .cure = Borra o pasa a una memoria USB lo que ya no se usa, antes de que el disco se llene.
doctor-disk-full = casi lleno: quedan { $free } MB de { $total } MB
    .cure = Libera espacio hoy. Con el disco lleno no se guarda nada de lo que haga la escuela.

doctor-write = Carpeta de datos
doctor-write-works = se escribe bien; guardar de verdad tarda { $millis } ms
doctor-write-slow = se escribe, pero guardar tarda { $millis } ms
    .cure = La tarjeta o el disco es lento o está gastado. Haz una copia y prueba con otro.
doctor-write-fails = no se puede escribir: { $cause }
    .cure = Revisa que la carpeta exista, que sea del usuario del servicio (chown amauta) y que el disco no esté montado solo para leer.

doctor-permissions = Permisos
doctor-permissions-closed = { $mode }, solo entra quien debe
doctor-permissions-readable = { $mode }, cualquier usuario de este equipo puede leer los datos
    .cure = Ciérrala con: chmod 750 CARPETA
doctor-permissions-open = { $mode }, cualquier usuario de este equipo puede cambiar los datos
    .cure = Ciérrala ya con: chmod 750 CARPETA

doctor-memory = Memoria
doctor-memory-free = quedan { $free } MB de { $total } MB
doctor-memory-little = quedan solo { $free } MB de { $total } MB
    .cure = Cierra otros programas o el escritorio gráfico. Amauta necesita unos 16 MB.
doctor-memory-gone = casi no queda: { $free } MB de { $total } MB
    .cure = Cierra otros programas o reinicia el equipo. El sistema puede detener a Amauta.

doctor-clock = Reloj
doctor-clock-plausible = { $now }
doctor-clock-wrong = marca { $now }, antes de que existiera este programa
    .cure = Pon la fecha: en tu cuenta, «Fecha y hora»; o con la orden date -s "AAAA-MM-DD HH:MM". Si vuelve a pasar, cambia la pila del reloj.

doctor-port = Puerto
doctor-port-free = { $address } está libre; Amauta no está en marcha ahí
doctor-port-ours = en { $address } atiende Amauta
doctor-port-taken = { $address } lo usa otro programa
    .cure = Busca cuál con: ss -ltnp. Ciérralo o elige otro puerto en el ajuste listen.
doctor-port-forbidden = este usuario no puede abrir { $address }
    .cure = Repite la orden como administrador, o elige un puerto desde 1024.
doctor-port-refused = { $address } no es una dirección de este equipo
    .cure = Escribe solo el puerto en el ajuste listen: { $port }

doctor-library = Catálogo (library.db)
doctor-library-damaged = está dañado: { $cause }
    .cure = Detén Amauta, borra library.db y arráncala: se hace de nuevo sin perder nada.
doctor-school = Registros de la escuela (school.db)
doctor-school-damaged = están dañados: { $cause }
    .cure = No borres nada. Detén Amauta, copia a la carpeta de datos el school.db del último respaldo entero (carpeta backups o memoria USB) y arráncala.
doctor-school-newer = son de un programa más nuevo; nadie puede entrar con este
    .cure = Instala otra vez el programa más nuevo. Si no se puede: detén Amauta y pon school.db.before-NÚMERO en lugar de school.db, o recupera un respaldo de antes.
doctor-packs = Paquetes importados
doctor-packs-whole = enteros: { $count }
doctor-packs-hurt = archivos dañados: { $files }
    .cure = Importa otra vez el paquete desde su memoria USB: amauta import CARPETA. Solo se copia lo dañado.
doctor-base-absent = todavía no existe; se hará cuando haga falta
doctor-base-whole = entero

doctor-backup = Respaldos
doctor-backup-needless = todavía no hay nada que respaldar
doctor-backup-never = todavía no hay ninguno
    .cure = Se hace solo a los diez minutos de arrancar el servidor. Para hacerlo ahora: amauta backup CARPETA
doctor-backup-made = el último es de hace { $days } días
doctor-backup-old = el último es de hace { $days } días
    .cure = Revisa que el servidor esté en marcha. Para hacer uno ahora: amauta backup CARPETA
doctor-backup-last-failed = el último entero es de hace { $days } días; después no se pudo: { doctor-backup-cause }
    .cure = Corrige eso y hazlo ahora con: amauta backup CARPETA. Si no, se intenta otra vez cada hora.
doctor-backup-failed = no hay ninguno y no se pudo hacer: { doctor-backup-cause }
    .cure = Corrige eso y hazlo ahora con: amauta backup CARPETA. Si no, se intenta otra vez cada hora.
doctor-backup-cause =
    { $cause ->
        [full] no queda espacio
        [read-only] el disco está montado solo para leer
        [unwritten] lo que se escribe no se lee igual, el disco está fallando
        [records] los registros no se pueden copiar
        [hurt] hay archivos dañados en la escuela, sin copia entera
       *[disk] el disco no responde bien
    }

doctor-content = Contenido
doctor-content-whole = todo se muestra
doctor-content-problems = errores: { $errors }, avisos: { $warnings }
    .cure = Mira cuáles en la página del técnico o con: amauta check CARPETA

doctor-addresses = Direcciones en la red
doctor-addresses-some = { $addresses }
doctor-addresses-none = este equipo no tiene ninguna
    .cure = Conecta el cable o el wifi. Sin dirección solo se ve el portal desde este equipo.

doctor-name = Nombre amauta.local
doctor-name-here = lleva a este equipo
doctor-name-elsewhere = lleva a otro equipo
    .cure = Hay dos equipos con ese nombre. Apaga o renombra el otro.
doctor-name-nowhere = este equipo no lo encuentra
    .cure = Pruébalo desde otro equipo. Si tampoco ahí abre, usa la dirección con números o instala avahi-daemon.

doctor-wifi = Wifi
doctor-wifi-good = { $interface } con { $level } dBm
doctor-wifi-weak = { $interface } recibe poco: { $level } dBm
    .cure = Acerca el equipo al punto de acceso o quita lo que haya en medio.

doctor-swap = Memoria de intercambio
doctor-swap-none = ninguna en una tarjeta
doctor-swap-card = está en la tarjeta y la gasta
    .cure = Desactívala con swapoff -a y quita su línea de /etc/fstab.

doctor-card = Desgaste de la tarjeta
doctor-card-good = normal
doctor-card-worn = usó la mayor parte de su reserva
    .cure = Ten lista otra tarjeta y haz copias cada semana.
doctor-card-ending = está por acabarse
    .cure = Copia todo hoy y cambia la tarjeta.

doctor-errors = Errores del disco
doctor-errors-none = ninguno anotado
doctor-errors-some = el sistema de archivos anotó { $count }
    .cure = Haz una copia y revisa el disco con fsck al arrancar. Si vuelve, cámbialo.
