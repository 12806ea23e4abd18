# Lo que «amauta check» dice de las carpetas de lecciones. Cada mensaje dice qué pasa, y «.cure» dice qué hacer.
# $field y $key son palabras de los archivos y no se traducen.

## Archivos y carpetas

check-file-unreadable = No se puede leer este archivo.
    .cure = Revisa que exista, que sea un archivo común y que tenga permiso de lectura.
check-file-too-big = El texto es demasiado grande: el máximo es { $kib } KiB.
    .cure = Pártelo en varias lecciones. Si pegaste una imagen dentro del texto, guárdala en la carpeta media.
check-file-not-utf8 = El archivo no está en UTF-8: aquí hay un signo que no se entiende.
    .cure = Ábrelo en tu editor y guárdalo de nuevo con la codificación UTF-8.
check-file-name = Este nombre de archivo tiene signos que no se pueden leer.
    .cure = Cámbiale el nombre: letras sin tilde, números y guiones.
check-file-symlink = Esto es un enlace a otro lugar del disco, y no se sigue.
    .cure = Copia aquí el archivo mismo.
check-file-empty = El archivo está vacío.
    .cure = Escribe el texto o borra el archivo.
check-folder-unreadable = No se puede leer esta carpeta.
    .cure = Revisa que exista y que tenga permiso de lectura.
check-folder-unknown = Esta carpeta no es parte de una lección, y no se lee.
    .cure = Una lección tiene lesson.toml, carpetas de lenguas (es, qu) y la carpeta media. Mueve lo demás a otro lugar.
check-folder-too-many = Hay demasiados archivos: solo se leen { $limit }.
    .cure = Revisa si indicaste la carpeta correcta.

## Archivos TOML

check-toml-syntax = Aquí el archivo no está bien escrito.
    .cure = Revisa las comillas, los corchetes, las comas y el signo =. Una clave no puede estar dos veces.
check-toml-unknown-key = Nadie conoce la clave «{ $key }».
    .cure = Revisa cómo se escribe. Las claves están en lessons/README.md.
check-toml-missing-key = Falta la clave «{ $key }».
    .cure = Agrégala. lessons/README.md muestra un ejemplo completo.
check-toml-wrong-type = Aquí va otra clase de valor, no «{ $text }».
    .cure = El texto va entre comillas, la lista entre corchetes, el número y la fecha sin comillas.
check-toml-bad-value = Este valor no sirve: «{ $text }».
    .cure = Los códigos llevan solo a-z, 0-9 y guion; las fechas son año-mes-día; los números no son negativos.
check-word-unknown = «{ $word }» no es una palabra conocida en «{ $field }».
    .cure = Elige una de lessons/vocabulary.toml, o de la lista del archivo que corresponde.
check-word-misspelt = «{ $word }» no es una palabra conocida en «{ $field }». ¿Quisiste escribir «{ $near }»?
    .cure = Si es así, escribe «{ $near }».

## Rutas de ayuda

check-channel-too-many = Hay demasiadas rutas de ayuda: el máximo es { $limit }.
    .cure = Deja las que de verdad atienden a tu escuela.
check-channel-no-name = La ruta «{ $channel }» no tiene nombre en castellano.
    .cure = Agrega name = {"{"} es = "…" {"}"}.
check-channel-no-purpose = La ruta «{ $channel }» no dice para qué sirve.
    .cure = Agrega purpose = {"{"} es = "…" {"}"} con una oración corta.
check-channel-no-contact = La ruta «{ $channel }» no dice cómo llegar a ella.
    .cure = Agrega contact. Si cada escuela pone el suyo, escribe local = true.
check-channel-expired = Los datos de la ruta «{ $channel }» vencieron el { $day }.
    .cure = Llama o pregunta, corrige lo que cambió y pon la nueva fecha en verified y expires.
check-channel-dates = La ruta «{ $channel }» vence antes de la fecha en que se verificó.
    .cure = expires va doce meses después de verified.

## lesson.toml

check-lesson-built-in = La lección «{ $lesson }» viene con el programa, y un paquete sin firma de confianza no la puede reemplazar.
    .cure = Pide el paquete firmado, o cambia el id de la lección.
check-lesson-folder-name = El nombre de esta carpeta no puede ser el id de una lección.
    .cure = Usa de 1 a 60 signos: a-z, 0-9 y guiones sueltos por dentro.
check-meta-id = El id «{ $id }» no es igual al nombre de la carpeta, «{ $folder }».
    .cure = Escribe el mismo en los dos lugares.
check-meta-id-taken = El id «{ $id }» es el nombre de una colección de lecciones para llevar a casa.
    .cure = Cambia el id y el nombre de la carpeta.
check-meta-no-spanish = A «{ $field }» le falta el castellano.
    .cure = Agrega es = "…". En translation, el castellano es {"{"} state = "original" {"}"}.
check-meta-empty = La lista «{ $field }» está vacía.
    .cure = Pon al menos un valor.
check-meta-length = Este texto tiene { $characters } signos.
    .cure = Debe tener de { $least } a { $most }.
check-meta-amount = En «{ $field }» hay { $count }.
    .cure = Debe haber de { $least } a { $most }.
check-meta-duration = { $minutes } minutos no es una duración de clase.
    .cure = Usa múltiplos de cinco: 30, 45, 90.
check-meta-version = «{ $version }» no es una versión.
    .cure = Usa tres números con puntos: 1.0.0.
check-meta-age = «{ $age }» no es una edad.
    .cure = Escribe de qué edad a qué edad, en años: "8-10", o "15-" si no hay límite.
check-meta-author = Aquí va solo el nombre de quien hizo la lección.
    .cure = Quita correos y números de documento. Puede ser un nombre de grupo.
check-meta-grade = El grado «{ $grade }» no concuerda con los niveles o ciclos de la lección.
    .cure = Agrega el nivel «{ $level }» y el ciclo «{ $cycle }», o quita el grado.
check-meta-area = El área «{ $area }» no se enseña en los niveles de la lección.
    .cure = Cambia el área o agrega el nivel.
check-meta-no-help = Por su tema, esta lección debe decir dónde pedir ayuda.
    .cure = Agrega help_channels = ["tutor", "linea-100"], o las rutas que convengan.
check-meta-no-protection-review = Todavía no la revisó una persona especialista en protección.
    .cure = Pide la lectura. Cuando ocurra de verdad, anótala en protection_review.
check-meta-no-legal-review = Todavía no la revisó una abogada o un abogado.
    .cure = Pide la lectura. Cuando ocurra de verdad, anótala en legal_review.
check-meta-not-translated = En «{ $lang }» falta el título, el resumen, un objetivo o un mensaje.
    .cure = Escríbelo en esa lengua. Mientras tanto se muestra el castellano.
check-objective-verb = El objetivo no dice qué hará cada estudiante que se pueda ver en clase.
    .cure = Empieza con un verbo como clasifica, elige, explica, dibuja, ordena. No con conoce, comprende o valora.
check-objective-criterion = El objetivo no dice cuánto es suficiente.
    .cure = Agrega un criterio que se pueda contar: «acierta al menos 8 de 10», «sin ayuda».

## Lenguas en paralelo

check-translation-missing = La lengua «{ $lang }» no está en [translation].
    .cure = Agrega { $lang } = {"{"} state = "draft", translator = "…", source_hash = "{ $hash }" {"}"}.
check-translation-no-hash = La traducción «{ $lang }» no dice de qué castellano se hizo.
    .cure = Si corresponde al castellano de hoy, agrega source_hash = "{ $hash }".
check-translation-outdated = El castellano cambió después de la traducción «{ $lang }».
    .cure = Revisa la traducción. Cuando esté al día, escribe source_hash = "{ $hash }".
check-parallel-count = { $file } tiene { $other } partes, y en castellano { $spanish }.
    .cure = Deben ser las mismas, en el mismo orden. Mientras tanto, la lección se muestra solo en castellano.
check-parallel-blocks = Esta pantalla no tiene los mismos textos y bloques que «{ $screen }» en castellano.
    .cure = Pon los mismos bloques ::, en el mismo orden, con texto antes o después donde lo hay en castellano.
check-parallel-start = La historia empieza en otro pasaje que en castellano.
    .cure = Usa el mismo start en StoryData.
check-parallel-passage = Aquí debe estar el pasaje «{ $passage }».
    .cure = Los pasajes llevan los mismos nombres, en el mismo orden, en todas las lenguas.
check-parallel-tags = El pasaje «{ $passage }» no tiene las mismas etiquetas que en castellano.
    .cure = Copia las etiquetas entre corchetes.
check-parallel-links = El pasaje «{ $passage }» no lleva a los mismos pasajes que en castellano.
    .cure = Pon las mismas decisiones en el mismo orden.
check-parallel-question = La pregunta { $number } no se responde igual que en castellano.
    .cure = Pon la misma clase de pregunta, con las opciones en el mismo orden y la misma respuesta correcta.
check-parallel-question-tag = La pregunta { $number } no tiene el mismo mensaje o la misma semana que en castellano.
    .cure = Copia la línea // [tag:…] y la línea $CATEGORY.
check-parallel-boxes = Las cajas no son las mismas que en castellano.
    .cure = Usa los mismos id, en el mismo orden; traduce solo label.
check-parallel-card = La tarjeta { $number } no va en la misma caja que en castellano.
    .cure = Pon las tarjetas en el mismo orden, con el mismo box.
check-parallel-dossiers = Las carpetas de fuentes no son las mismas que en castellano.
    .cure = Usa los mismos id, en el mismo orden; traduce title y question.
check-parallel-source = Aquí debe estar la tarjeta «{ $card }», con la misma form y el mismo dossier que en castellano.
    .cure = Pon las tarjetas en el mismo orden y copia sus tres códigos; traduce lo demás.
check-parallel-sheet = Falta { $file } en esta lengua.
    .cure = Escríbelo. Mientras tanto se muestra el castellano.

## Pantallas y fichas

check-lesson-missing = Falta el archivo { $file }.
    .cure = Escríbelo; lessons/README.md dice qué lleva.
check-lesson-no-screens = La lección no tiene pantallas.
    .cure = Empieza cada pantalla con una línea «## Título».
check-lesson-no-title = Este ## no tiene título.
    .cure = Escribe el título en la misma línea.
check-lesson-too-many = Hay más de { $limit } partes.
    .cure = Divide la lección.
check-lesson-text-before = Hay texto antes del primer ##.
    .cure = Ponlo debajo de un título «## …».
check-lesson-empty-screen = Esta pantalla está vacía.
    .cure = Escribe un texto, pon un bloque :: o quita el título.
check-lesson-unknown-block = No se conoce el bloque «{ $text }».
    .cure = Los bloques son ::story, ::quiz, ::quiz{"{"}from=1 to=3{"}"}, ::sort, ::cards, ::report y ::help, solos en su línea.
check-lesson-quiz-range = «{ $text }» no señala preguntas que existan.
    .cure = from y to son números de pregunta: el primero es 1, y from no pasa de to.
check-lesson-block-without-file = «{ $text }» no tiene de dónde salir.
    .cure = Escribe su archivo: story.twee, quiz.gift, sort.toml o cards.md, con al menos una parte sin errores.
check-lesson-two-games = En una pantalla cabe a lo más uno de story, quiz y sort.
    .cure = Pasa este bloque a su propia pantalla.
check-lesson-block-twice = El bloque ::{ $block } ya está en la lección.
    .cure = Deja uno solo.
check-lesson-not-placed = Ninguna pantalla muestra ::{ $block }.
    .cure = Pon una línea ::{ $block } en la pantalla donde se usa.
check-lesson-question-not-placed = Ninguna pantalla muestra la pregunta { $number }.
    .cure = Usa ::quiz para todas, o agrega un bloque ::quiz{"{"}from=… to=…{"}"} que la incluya.
check-lesson-no-help = Por su tema, esta lección debe mostrar la ayuda.
    .cure = Pon una línea ::help en una pantalla, cerca del final.
check-cards-none = No hay ninguna ficha.
    .cure = Empieza cada ficha con una línea «## Título».

## Markdown

check-md-html = Aquí hay HTML, que se muestra como texto: «{ $text }».
    .cure = Usa Markdown: **negrita**, *cursiva*, listas con guion.
check-md-heading-too-high = Este título es demasiado grande.
    .cure = Dentro de una pantalla usa ###; en las hojas usa ##. Nunca #.
check-md-heading-skips = Este título se salta un nivel.
    .cure = Después de ## va ###, y después ####.
check-md-link = Este enlace no está permitido: «{ $link }».
    .cure = Enlaza solo otros recursos del portal: [texto](recurso:mi-frase-clave), o una tarjeta de fuentes: [texto](fuente:acta-puente).
check-md-link-nowhere = El recurso «{ $resource }» no existe o no está publicado.
    .cure = Revisa su id. Mientras tanto se muestra el texto sin enlace.
check-md-source-nowhere = Ninguna lección publicada tiene la tarjeta de fuentes «{ $card }».
    .cure = Revisa su id en sources.toml. Mientras tanto se muestra el texto sin enlace.
check-md-image-no-alt = El dibujo «{ $file }» no tiene texto alternativo.
    .cure = Di entre los corchetes qué se ve: ![Rosa mira la laptop y piensa.](rosa.png)
check-md-image-missing = No existe el dibujo «{ $file }» en la carpeta media.
    .cure = Guárdalo allí, o revisa el nombre. Va sin carpeta, y las mayúsculas cuentan.
check-md-image-not-picture = «{ $file }» no es un dibujo que se pueda mostrar.
    .cure = Usa PNG, JPEG o GIF.
check-md-too-deep = Hay demasiadas listas o citas una dentro de otra.
    .cure = Escríbelo con menos niveles.

## Juego de clasificar

check-sort-boxes = El juego tiene { $count } cajas.
    .cure = Usa de dos a cuatro.
check-sort-cards = El juego necesita tarjetas, y a lo más { $limit }.
    .cure = Diez es un buen número.
check-sort-box-twice = La caja «{ $box }» está dos veces.
    .cure = Cada caja lleva su propio id.
check-sort-box-empty = La caja no tiene palabras.
    .cure = Escribe en label lo que se lee en ella; un dibujo va además, no en su lugar.
check-sort-pictures = Hay demasiados dibujos en las cajas: con tarjetas dibujadas, una página carga mucho.
    .cure = Deja a lo más { $most } cajas con dibujo.
check-sort-no-box = Esta tarjeta no va en ninguna caja.
    .cure = Escribe en box el id de una caja, o una lista.
check-sort-empty = La tarjeta no tiene «{ $key }».
    .cure = Escribe qué dice la tarjeta (face) y por qué va allí (why).

## Paquete de fuentes

check-source-amount = En «{ $field }» hay { $count }.
    .cure = Debe haber de 1 a { $limit }.
check-source-card-twice = La tarjeta «{ $card }» está dos veces.
    .cure = Cada tarjeta lleva su propio id.
check-source-dossier-twice = La carpeta «{ $dossier }» está dos veces.
    .cure = Cada carpeta lleva su propio id.
check-source-dossier-empty = La carpeta «{ $dossier }» no tiene tarjetas.
    .cure = Escribe dossier = "{ $dossier }" en las tarjetas que van en ella, o quítala.
check-source-empty = Falta el texto de «{ $key }».
    .cure = Escríbelo. Si no se sabe, dilo: «No lleva fecha.»

## Preguntas

check-quiz-amount = Hay { $count } preguntas.
    .cure = Una lección lleva de 3 a 5.
check-question-no-tag = La pregunta no dice qué mensaje repasa.
    .cure = Pon encima una línea como // [tag:M2].
check-question-unknown-tag = «{ $tag }» no es un mensaje central.
    .cure = Los mensajes van de M1 a M10.
check-question-no-feedback = Falta la respuesta de { $count } opciones.
    .cure = Después de cada opción escribe # y dos oraciones: por qué, y qué hacer.
check-question-empty-option = La opción «{ $option }» no enseña nada.
    .cure = Cámbiala por algo que una niña o un niño podría creer de verdad.
check-boosters-week = Para la { $week } hay { $count } preguntas.
    .cure = Pon de una a tres debajo de una línea $CATEGORY: { $week }.
check-boosters-category = Esta pregunta no tiene semana.
    .cure = Ponla debajo de $CATEGORY: semana-1, semana-3 o semana-6.

## Historias

check-story-short = El juego de decisiones tiene { $count } pasajes.
    .cure = Necesita al menos { $least } para que las decisiones tengan consecuencias.
check-story-no-ending = La historia no tiene final.
    .cure = Marca los pasajes finales con la etiqueta [final].
check-story-unreachable = Nadie llega al pasaje «{ $passage }».
    .cure = Enlázalo desde otro pasaje, o quítalo.
check-story-dead-end = Desde el pasaje «{ $passage }» no se llega a ningún final.
    .cure = Agrega una decisión que lleve adelante, o la etiqueta [final].

## Dibujos y sonidos

check-media-name = Este nombre no sirve para un archivo de media.
    .cure = Usa letras sin tilde, números, punto, guion y guion bajo; a lo más 80 signos.
check-media-kind = No es una clase de archivo que se pueda mostrar en navegadores antiguos.
    .cure = Usa PNG, JPEG o GIF para dibujos, y MP3, OGG o WAV para sonidos. WebP no.
check-media-heavy = El archivo pesa { $kib } KiB.
    .cure = El máximo es { $most } KiB. Usa menos colores o un tamaño menor.
check-media-wide = El dibujo tiene { $width } puntos de ancho.
    .cure = El máximo es { $most }. Se muestra a 480.
check-media-total = Los dibujos de la lección pesan { $kib } KiB.
    .cure = El máximo es { $most } KiB entre todos. Quita alguno o usa menos colores.
check-media-no-source = Falta la fuente SVG de este dibujo.
    .cure = Guarda a su lado el archivo .svg del mismo nombre.
check-media-not-drawn = Esta fuente SVG no tiene su PNG.
    .cure = Ejecuta deploy/render-media.sh.
check-media-unused = Ninguna pantalla usa este archivo.
    .cure = Muéstralo o bórralo.
check-media-no-cover = La lección no tiene dibujo para el catálogo.
    .cure = Dibuja media/cover.svg y su PNG, de 480 por 300.
check-media-poor-alt = El texto alternativo «{ $alt }» no dice qué se ve.
    .cure = Describe lo que importa en una oración, como a alguien que no lo ve.

## Lectura

check-reading-long-sentence = La oración que empieza con «{ $begins }» tiene { $words } palabras.
    .cure = Para «{ $cycle }» el máximo es { $most }. Pártela en dos.
check-reading-mean = Las oraciones tienen en promedio { $mean } palabras.
    .cure = Para «{ $cycle }» el promedio es a lo más { $most }. Parte las más largas.
check-reading-inflesz = El texto es difícil de leer: INFLESZ { $score }.
    .cure = Para «{ $cycle }» se necesita { $least } o más. Usa palabras más cortas y conocidas, y oraciones más cortas.
check-reading-screen = «{ $title }» tiene { $words } palabras.
    .cure = El máximo por pantalla es { $most }. Divide la pantalla o quita lo que sobra.
check-reading-total = La lección tiene { $words } palabras.
    .cure = El máximo es { $most }. Deja una idea por pantalla.
check-reading-new-terms = La lección explica { $count } palabras nuevas.
    .cure = El máximo es { $most }. Usa palabras conocidas para las demás.

## Palabras

check-words-forbidden = «{ $word }» asusta, culpa o etiqueta.
    .cure = Di qué pasa y qué se puede hacer, con calma y sin culpar a nadie.
check-words-brand = «{ $word }» es una marca.
    .cure = Escribe «una red social», «un juego en línea», «una página», o inventa un nombre.
check-words-phone = Aquí parece haber un número de teléfono: «{ $number }».
    .cure = Los teléfonos están solo en help-channels.toml. Usa ::help y help_channels.
check-words-address = Aquí hay una dirección de internet o de correo: «{ $address }».
    .cure = Quítala: la escuela no tiene internet, y las direcciones cambian.
check-words-blame = «{ $word }» puede sonar a culpa.
    .cure = Di al lado, con estas palabras: «y aun así no es tu culpa».
