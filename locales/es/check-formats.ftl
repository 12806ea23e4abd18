# Lo que «amauta check» dice de las preguntas (GIFT) y de los cuentos (Twee).
# El valor dice qué está mal; .cure dice qué hacer. Lee quien escribe la lección.

## Preguntas: el archivo

check-gift-too-long = El archivo de preguntas pasa de { $kilobytes } KB.
    .cure = Reparte las preguntas en varias lecciones.
check-gift-too-many = Hay más de { $count } preguntas; desde esta ya no se lee.
    .cure = Reparte las preguntas en varias lecciones.
check-gift-too-many-findings = Hay más de { $count } avisos; desde aquí ya no se lee.
    .cure = Corrige los de arriba y vuelve a revisar. Muchas veces un solo error causa los demás.

## Preguntas: separación, comentarios y categorías

check-gift-no-blank-line = Falta una línea vacía antes de esta línea.
    .cure = Deja una línea vacía entre dos preguntas, y antes y después de $CATEGORY:.
check-gift-blank-line-inside = Hay una línea vacía dentro de las llaves de una pregunta.
    .cure = Borra la línea vacía. Aquí la pregunta se lee entera, pero Moodle la corta en dos.
check-gift-tag-open = Esta etiqueta no se cierra.
    .cure = Escribe la etiqueta completa, por ejemplo // [tag:M2].
check-gift-tag-alone = La etiqueta «{ $tag }» no pertenece a ninguna pregunta.
    .cure = Pon el comentario justo encima de su pregunta, sin línea vacía en medio.
check-gift-category-empty = La categoría no tiene nombre.
    .cure = Escribe el nombre después de los dos puntos, por ejemplo $CATEGORY: semana-1.
check-gift-unknown-directive = No existe la orden «{ $word }».
    .cure = La única orden es $CATEGORY: con mayúsculas y sin tilde.

## Preguntas: título, texto y llaves

check-gift-title-open = El título no se cierra: «{ $text }».
    .cure = Encierra el título entre dos pares de dos puntos, por ejemplo ::Llaves 1::.
check-gift-no-text = La pregunta no tiene texto.
    .cure = Escribe la pregunta antes de la llave que abre las respuestas.
check-gift-unknown-format = No existe el formato «{ $format }»; se mostrará como texto.
    .cure = Usa [markdown], [html], [plain] o [moodle], con minúsculas.
check-gift-no-closing-brace = La llave que abre las respuestas no se cierra.
    .cure = Escribe {"}"} después de la última respuesta. Si es parte del texto, ponle delante una barra: \{"{"}.
check-gift-no-opening-brace = Esta llave cierra, pero ninguna abre antes.
    .cure = Escribe {"{"} antes de la primera respuesta. Si es parte del texto, ponle delante una barra: \{"}"}.
check-gift-brace-inside = Hay una llave que abre dentro de las respuestas.
    .cure = Cierra antes la pregunta de arriba con {"}"}. Si es parte del texto, ponle delante una barra: \{"{"}.
check-gift-stray-brace = Sobra esta llave.
    .cure = Bórrala. Si es parte del texto, ponle delante una barra: \{"}"}.
check-gift-second-answers = La pregunta tiene dos grupos de respuestas entre llaves.
    .cure = Si son dos preguntas, sepáralas con una línea vacía. Si es parte del texto, escribe \{"{"} y \{"}"}.
check-gift-answer-outside = Hay una respuesta fuera de las llaves.
    .cure = Pon todas las respuestas entre {"{"} y {"}"}, sin líneas vacías.

## Preguntas: opciones

check-gift-text-before = Hay un texto antes de la primera opción: «{ $text }».
    .cure = Empieza cada opción con = si es correcta o con ~ si no lo es.
check-gift-empty-option = Esta opción no tiene texto.
    .cure = Escribe la opción después del signo, o borra el signo. Un = o un ~ que sea parte del texto lleva delante una barra: \= o \~.
check-gift-duplicate-option = Esta opción está repetida: «{ $text }».
    .cure = Cambia o borra una de las dos.
check-gift-one-option = La pregunta tiene una sola opción.
    .cure = Agrega al menos otra opción, con ~ si no es correcta.
check-gift-no-right = Ninguna opción es correcta.
    .cure = Pon = delante de la opción correcta. Si hay varias, dale a cada una su parte, por ejemplo ~%50%.
check-gift-too-many-options = La pregunta tiene más de { $count } respuestas.
    .cure = Deja las más importantes.
check-gift-true-false-word = «{ $word }» no se entiende como verdadero o falso.
    .cure = Escribe T si es verdadero o F si es falso, con mayúscula. Si es una palabra que se debe escribir, ponle = delante.

## Preguntas: puntaje

check-gift-weight-no-number = El puntaje no se entiende: «{ $text }».
    .cure = Escribe un número de -100 a 100 entre dos signos %, con punto decimal, por ejemplo %50% o %33.333%.
check-gift-weight-unlisted = Moodle no conoce el puntaje { $weight } %.
    .cure = Usa uno de estos: 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10 o 5.
check-gift-weight-after-equals = Una opción con = ya vale todo; no lleva puntaje.
    .cure = Borra el puntaje. Si hay varias opciones correctas, usa ~ con su puntaje, por ejemplo ~%50%.
check-gift-weights-sum = Los puntajes de las opciones correctas suman { $total } %, no 100 %.
    .cure = Repártelos para que sumen 100, por ejemplo %50% y %50%.
check-gift-no-full-answer = Ninguna respuesta vale 100 %; la mejor vale { $best } %.
    .cure = Deja sin puntaje la respuesta correcta, o ponle %100%.

## Preguntas: emparejar

check-gift-few-pairs = Para emparejar hacen falta al menos dos parejas.
    .cure = Agrega parejas, cada una así: =perro -> ladra.
check-gift-two-pairs = Con solo dos parejas se acierta por suerte, y Moodle pide tres.
    .cure = Agrega otra pareja.
check-gift-pair-no-arrow = A esta pareja le falta la flecha: «{ $text }».
    .cure = Escribe cada pareja así: =perro -> ladra.
check-gift-pair-empty = A esta pareja le falta un lado.
    .cure = Escribe algo antes y después de la flecha ->.
check-gift-pair-feedback = Las parejas no llevan comentario propio.
    .cure = Pasa el comentario al final de las respuestas, después de ####. Un # que sea parte del texto lleva delante una barra: \#.
check-gift-pair-weight = Las parejas no llevan puntaje.
    .cure = Borra el puntaje: todas las parejas valen igual.

## Preguntas: números

check-gift-no-number = Esto no es un número: «{ $text }».
    .cure = Escribe solo cifras, con punto decimal: {"{"}#3{"}"}, {"{"}#3:0.5{"}"} o {"{"}#1..5{"}"}.
check-gift-range-backwards = El número menor es más grande que el mayor: «{ $text }».
    .cure = Escribe primero el menor, por ejemplo 1..5. La tolerancia después de : no puede ser negativa.
check-gift-wrong-number = Después de ~ solo va el comentario para cualquier otro número: «{ $text }».
    .cure = Escribe ~#comentario. Para comentar un número determinado usa =%0%7#comentario.

## Cuentos: el archivo

check-twee-too-long = El cuento pasa de { $kilobytes } KB.
    .cure = Acórtalo o haz dos cuentos.
check-twee-too-many = El cuento tiene más de { $count } pasajes; desde este ya no se lee.
    .cure = Une pasajes o haz dos cuentos.
check-twee-too-many-findings = Hay más de { $count } errores; desde aquí ya no se cuentan.
    .cure = Corrige los de arriba y vuelve a revisar.
check-twee-no-passages = El cuento no tiene pasajes.
    .cure = Empieza un pasaje con una línea como :: Inicio y escribe el texto debajo.
check-twee-text-before = Hay texto antes del primer pasaje.
    .cure = Ponlo dentro de un pasaje o bórralo. La primera línea empieza con ::.

## Cuentos: encabezado de un pasaje

check-twee-no-name = El pasaje no tiene nombre.
    .cure = Escribe el nombre después de ::, por ejemplo :: Inicio.
check-twee-name-no-letters = El nombre «{ $name }» no tiene letras ni números.
    .cure = Ponle un nombre corto con letras: será la dirección del pasaje.
check-twee-duplicate-name = Ya hay un pasaje «{ $name }».
    .cure = Cambia el nombre de uno, y también los enlaces que llevan a él.
check-twee-duplicate-slug = «{ $name }» y «{ $other }» tendrían la misma dirección: { $slug }.
    .cure = Cambia uno de los nombres. Las tildes, las mayúsculas y los signos no los distinguen.
check-twee-tags-open = Las etiquetas del pasaje no se cierran.
    .cure = Escribe las etiquetas entre corchetes, por ejemplo :: Celebran [final]. Un corchete que sea parte del nombre lleva delante una barra: \[.
check-twee-metadata-open = Los datos del pasaje no se cierran.
    .cure = Borra lo que sigue a la llave; a un cuento no le hace falta. Una llave que sea parte del nombre lleva delante una barra: \{"{"}.
check-twee-header-rest = Sobra texto después del nombre o de las etiquetas.
    .cure = Deja solo :: Nombre [etiquetas]. El texto del pasaje empieza en la línea siguiente.
check-twee-refused-tag = Un pasaje con la etiqueta «{ $tag }» es código, y aquí no se ejecuta código.
    .cure = Borra el pasaje, o la etiqueta si es texto para leer.
check-twee-refused-passage = «{ $name }» es un pasaje especial de Twine que aquí no se usa.
    .cure = Borra el pasaje, o cámbiale el nombre si es parte del cuento.

## Cuentos: inicio y datos

check-twee-no-start = No se sabe dónde empieza el cuento.
    .cure = Dilo en StoryData, por ejemplo {"{"} "start": "Inicio" {"}"}, o llama Start al primer pasaje.
check-twee-start-missing = El cuento debería empezar en «{ $name }», pero no hay ese pasaje.
    .cure = Corrige "start" en StoryData: el nombre debe ser igual, con tildes y mayúsculas.
check-twee-data-json = StoryData no está bien escrito desde aquí.
    .cure = Revisa comillas rectas, comas y llaves. Ejemplo: {"{"} "ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "start": "Inicio" {"}"}.
check-twee-ifid = El código «{ $ifid }» de "ifid" no es válido.
    .cure = Usa el que da Twine: 8, 4, 4, 4 y 12 cifras o letras de la A a la F, unidas con guiones.

## Cuentos: texto y enlaces

check-twee-empty-passage = El pasaje «{ $name }» está vacío.
    .cure = Escribe su texto o bórralo.
check-twee-comment-open = El comentario no se cierra.
    .cure = Ciérralo con %/ en el mismo pasaje.
check-twee-link-open = El enlace no se cierra: «{ $text }».
    .cure = Escribe el enlace en una sola línea, así: [[texto->pasaje]].
check-twee-link-empty = Al enlace le falta el texto o el pasaje: «{ $text }».
    .cure = Escribe los dos, así: [[texto->pasaje]].
check-twee-link-missing = El enlace lleva a «{ $name }», pero no hay ese pasaje.
    .cure = Corrige el nombre o escribe el pasaje. El nombre debe ser igual, con tildes y mayúsculas.
check-twee-link-setter = El enlace cambia una variable: «{ $text }».
    .cure = Aquí no hay variables. Deja solo [[texto->pasaje]].

## Cuentos: código

check-twee-macro = «{ $text }» es código de un formato de Twine.
    .cure = Aquí un cuento solo lleva texto y enlaces: bórralo. Para citar usa las comillas « ».
check-twee-harlowe = «{ $text }» es código de Harlowe.
    .cure = Aquí un cuento solo lleva texto y enlaces: bórralo.
check-twee-variable = «{ $text }» es una variable.
    .cure = Aquí no hay variables: escribe la palabra. Si es dinero, pon la cifra después del signo: $5.
check-twee-html = «{ $text }» es HTML.
    .cure = Usa Markdown: **negrita**, *cursiva*, listas con guiones. Para decir «menor que» deja un espacio después de <.
