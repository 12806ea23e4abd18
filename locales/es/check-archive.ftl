# Lo que se dice de archivos comprimidos (ZIP), de XML y de libros (EPUB) que no se pueden aceptar.
# El valor dice qué está mal; .cure dice qué hacer. Lee quien trae el material.

## Archivos comprimidos: el archivo entero

check-archive-not-zip = No es un archivo ZIP.
    .cure = Revisa que sea el archivo correcto: el nombre puede mentir. Descárgalo otra vez.
check-archive-truncated = El archivo está cortado: le falta el final.
    .cure = Cópialo o descárgalo otra vez, hasta el final.
check-archive-unreadable = No se pudo leer el archivo.
    .cure = Revisa la memoria USB o el disco y cópialo otra vez.
check-archive-write = No se pudo escribir la copia.
    .cure = Revisa si queda espacio en el disco.
check-archive-damaged = La lista de lo que hay dentro está dañada.
    .cure = Descárgalo otra vez. Si lo hiciste tú, vuelve a comprimirlo con otro programa.
check-archive-overlap = Dos archivos de dentro ocupan el mismo lugar: así se hacen las trampas.
    .cure = No lo uses. Pide el material a una fuente de confianza.
check-archive-too-many = Tiene más de { $count } archivos dentro.
    .cure = Repártelo en varios archivos.
check-archive-too-big = Descomprimido pasa de { $megabytes } MB.
    .cure = Repártelo en varios archivos o quita lo que no haga falta.
check-archive-bomb = «{ $name }» crece demasiado al descomprimirlo: así se hacen las trampas que llenan el disco.
    .cure = No lo uses. Pide el material a una fuente de confianza.
check-archive-bomb-whole = Al descomprimirlo crece demasiado: así se hacen las trampas que llenan el disco.
    .cure = No lo uses. Pide el material a una fuente de confianza.

## Archivos comprimidos: lo que hay dentro

check-archive-path = «{ $name }» quiere salir de su carpeta.
    .cure = No lo uses. Si lo hiciste tú, vuelve a comprimir la carpeta sin rutas completas.
check-archive-name-odd = Un nombre no se puede usar: «{ $name }».
    .cure = Cambia el nombre: letras, números, guiones y puntos bastan. Luego vuelve a comprimir.
check-archive-name-long = Un nombre es demasiado largo: «{ $name }».
    .cure = Acorta los nombres de carpetas y archivos. Luego vuelve a comprimir.
check-archive-name-twice = El nombre «{ $name }» está dos veces dentro.
    .cure = Cambia uno de los dos nombres. Las mayúsculas no los distinguen.
check-archive-name-twice-somewhere = Un nombre está dos veces dentro.
    .cure = Vuelve a comprimir la carpeta: cada nombre una sola vez.
check-archive-deep = «{ $name }» está dentro de más de { $depth } carpetas.
    .cure = Ponlo en menos carpetas y vuelve a comprimir.
check-archive-link = «{ $name }» no es un archivo, sino un enlace o algo parecido.
    .cure = Pon el archivo mismo en lugar del enlace y vuelve a comprimir.
check-archive-password = «{ $name }» está cerrado con contraseña.
    .cure = Vuelve a comprimir sin contraseña.
check-archive-method = «{ $name }» está comprimido de una manera que aquí no se lee.
    .cure = Vuelve a comprimir en el formato ZIP común.
check-archive-missing = Dentro falta «{ $name }».
    .cure = Consigue el archivo completo.
check-archive-file-too-big = «{ $name }» pasa de { $kilobytes } KB.
    .cure = Redúcelo o pártelo.
check-archive-size-lies = «{ $name }» es más grande de lo que dice.
    .cure = No lo uses. Pide el material a una fuente de confianza.
check-archive-file-damaged = «{ $name }» está dañado.
    .cure = Descárgalo otra vez.

## XML

check-xml-encoding = No se puede leer la escritura de «{ $name }».
    .cure = Guárdalo en UTF-8.
check-xml-entities = «{ $name }» define entidades propias: así se hacen las trampas que llenan la memoria.
    .cure = Quita las líneas que empiezan con <!ENTITY y escribe el texto mismo.
check-xml-broken = «{ $name }» no está bien escrito desde aquí.
    .cure = Ábrelo con un editor de EPUB, por ejemplo Sigil, y repáralo.

## Libros

check-epub-other-type = Dice ser «{ $type }», no un libro EPUB.
    .cure = Revisa que sea el archivo correcto, o conviértelo a EPUB, por ejemplo con Calibre.
check-epub-no-mimetype = Falta el archivo «mimetype»; algunos lectores no abrirán el libro.
    .cure = Ábrelo con un editor de EPUB, por ejemplo Sigil, y guárdalo otra vez.
check-epub-no-container = No es un libro EPUB: falta META-INF/container.xml.
    .cure = Revisa que sea el archivo correcto, o conviértelo a EPUB, por ejemplo con Calibre.
check-epub-no-package = El libro no dice dónde está su índice de archivos (OPF), o no está allí.
    .cure = Ábrelo con un editor de EPUB, por ejemplo Sigil, y guárdalo otra vez.
check-epub-no-spine = El libro no tiene capítulos que se puedan leer.
    .cure = Ábrelo con un editor de EPUB, por ejemplo Sigil, y revisa el orden de lectura.
check-epub-protected = El libro está protegido contra copia (DRM).
    .cure = Usa un libro libre: la escuela no puede abrir este.
check-epub-too-many-items = El libro tiene más de { $count } partes.
    .cure = Repártelo en varios libros.
check-epub-too-many-elements = El capítulo tiene más de { $count } elementos.
    .cure = Pártelo en varios capítulos.
check-epub-chapters-missing = { $count ->
        [one] Falta un capítulo.
       *[other] Faltan { $count } capítulos.
    }
    .cure = Consigue el libro completo. Mientras tanto se leen los demás.
check-epub-no-title = El libro no dice su título.
    .cure = Escribe el título al agregarlo.
check-epub-no-toc = El libro no tiene tabla de contenido; se usan los títulos de los capítulos.
    .cure = Si quieres otra, hazla con un editor de EPUB, por ejemplo Sigil.
check-epub-no-chapter = El libro no tiene capítulo { $number }.
    .cure = Vuelve a la tabla de contenido.
check-epub-image = «{ $name }» no es una imagen del libro que se pueda mostrar.
    .cure = Usa imágenes PNG, JPEG o GIF de tamaño común.
