# Lo que «amauta check» y la carga de materiales dicen de los archivos sueltos, sus fichas y sus listas.
# El valor dice qué está mal; .cure dice qué hacer. Lee quien guarda los materiales.

## Archivos

check-material-deep = La carpeta está a más de { $limit } niveles; lo que tiene dentro no se lee.
    .cure = Muévela a una carpeta de más arriba.
check-material-same-id = Otro material o una lección ya se llama «{ $id }». Este recibe otro nombre.
    .cure = Pon otro «id» en su ficha o en la lista.
check-material-html = Una página HTML no se muestra todavía: puede llevar programas que las laptops no deben abrir.
    .cure = Guárdala como PDF, ODT o EPUB. Los paquetes de páginas tendrán su propio lugar en otra versión.
check-material-package = Un paquete «{ $kind }» no se abre todavía.
    .cure = Saca de él los textos, imágenes y audios, y guárdalos como archivos sueltos. Los paquetes de actividades tendrán su propio lugar en otra versión.
check-material-archive = Un archivo «{ $kind }» con muchos archivos dentro no es un material.
    .cure = Descomprímelo en una carpeta: cada archivo será un material.
check-material-activity = Un archivo «{ $kind }» es parte de una lección.
    .cure = Ponlo en la carpeta de una lección, como dice lessons/README.md.
check-material-subtitles-alone = Los subtítulos no tienen al lado la grabación de la que hablan.
    .cure = Los de «puquio.ogv» se llaman «puquio.vtt» y están en la misma carpeta.

## Fichas y listas

check-sidecar-alone = La ficha no tiene al lado el archivo que describe.
    .cure = La ficha de «zorro.pdf» se llama «zorro.pdf.toml» o «zorro.toml» y está en la misma carpeta.
check-list-unreadable = La lista no se puede leer como tabla.
    .cure = Guárdala otra vez como CSV desde la hoja de cálculo.
check-list-no-file-column = La lista no tiene la columna «archivo».
    .cure = La primera fila lleva los nombres de las columnas: archivo, titulo, nivel, grado, area, idioma…
check-list-column = Nadie conoce la columna «{ $column }»; no se usa.
    .cure = Columnas: archivo, id, titulo, resumen, palabras, objetivos, clase, nivel, ciclo, grado, area, tema, idioma, autor, licencia, duracion, destinatario, edad. Con «-qu» al final, el texto en quechua.
check-list-no-file = La fila no dice de qué archivo habla.
    .cure = Escribe en la columna «archivo» la ruta desde la carpeta de la lista.
check-list-missing-file = La lista habla de «{ $file }», que no está.
    .cure = Copia el archivo o corrige su ruta en la lista.
check-list-word = «{ $word }» no es ninguna palabra conocida para la columna «{ $column }».
    .cure = Usa las palabras de la lista de recursos del portal, por ejemplo «primaria», «3.º grado», «comunicación».
