# Lo que «amauta check» y la carga de materiales dicen de los archivos: documentos, audios, videos y subtítulos.
# El valor dice qué está mal; .cure dice qué hacer. Lee quien guarda los materiales.

## Qué es el archivo

check-file-lies = El nombre termina en «.{ $ending }», pero por dentro es un archivo «{ $kind }».
    .cure = Cambia el final del nombre por «.{ $kind }», o guarda otra vez el archivo con su programa. Si no sabes de dónde viene, no lo uses.
check-file-not-claimed = El nombre termina en «.{ $ending }», pero por dentro no es un archivo de esa clase.
    .cure = Ábrelo en una computadora. Si se abre bien, guárdalo otra vez. Si no se abre, está dañado: cópialo de nuevo. Los textos se guardan en UTF-8.
check-file-unknown = No se sabe qué clase de archivo es «{ $ending }».
    .cure = Guárdalo como PDF, ODT, EPUB, PNG, JPG, OGG o MP4, según lo que sea.

## Subtítulos

check-file-subtitles-too-long = El archivo de subtítulos pasa de { $megabytes } MB.
    .cure = Reparte la grabación y sus subtítulos en varias partes.
check-file-too-many-cues = Hay más de { $count } subtítulos.
    .cure = Reparte la grabación y sus subtítulos en varias partes.
check-file-no-cues = No hay ningún subtítulo que se pueda leer.
    .cure = Cada subtítulo lleva su tiempo en una línea, por ejemplo 00:01.000 --> 00:04.000, y debajo el texto. Deja una línea vacía entre dos.

## PDF

check-file-pdf-too-long = El PDF pasa de { $megabytes } MB.
    .cure = Guárdalo con imágenes más pequeñas, o repártelo en varios archivos.
check-file-pdf-protected = El PDF está protegido con contraseña.
    .cure = Ábrelo con su contraseña y guárdalo otra vez sin protección, si su autor lo permite.
check-file-pdf-broken = El PDF no tiene ninguna página que se pueda leer.
    .cure = El archivo está dañado o incompleto: cópialo de nuevo desde donde vino.

## Documentos de oficina

check-file-office-protected = El documento está protegido con contraseña.
    .cure = Ábrelo con su contraseña y guárdalo otra vez sin protección, si su autor lo permite.
check-file-office-old = El documento es de un programa de oficina anterior a 2007, o su nombre no dice lo que es.
    .cure = Ábrelo con LibreOffice u otro programa de oficina y guárdalo como ODT, ODP o ODS.
check-file-office-broken = El documento no tiene texto que se pueda leer.
    .cure = El archivo está dañado o incompleto: cópialo de nuevo desde donde vino.
check-file-office-picture = «{ $name }» no es una imagen del documento que se pueda mostrar.
    .cure = Usa imágenes PNG, JPEG o GIF de tamaño común.
