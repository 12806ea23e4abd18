# Lo que «amauta check» dice de los archivos de lengua y de los textos quechuas.

check-language-not-a-tag = La carpeta «{ $tag }» no tiene nombre de lengua.
    .cure = Ponle el código de la lengua: dos o tres letras minúsculas, como «qu» o «ay».
check-language-unreadable = No se puede leer: { $cause }.
    .cure = Revisa los permisos del archivo y el disco.
check-language-too-big = El archivo es demasiado grande: el máximo es { $most } bytes.
    .cure = Reparte los mensajes en varios archivos .ftl.
check-language-not-utf8 = El archivo no está en UTF-8.
    .cure = Guárdalo de nuevo con la codificación UTF-8.
check-language-not-fluent = Este mensaje no está bien escrito para Fluent: «{ $text }».
    .cure = Revisa el signo =, las llaves, las comillas y la sangría. Los demás mensajes siguen en uso.
check-language-too-deep = Este mensaje tiene demasiadas llaves o paréntesis.
    .cure = Sepáralo en varios mensajes.

check-ledger-bad-line = Esta línea del registro de revisión no se entiende: «{ $text }».
    .cure = Van cinco columnas separadas por tabuladores: mensaje, estado, quién revisó, fecha y huella. Un texto revisado lleva las cinco.
check-ledger-twice = Este mensaje ya tiene una línea en el registro: «{ $text }».
    .cure = Deja solo una.

check-quechua-table-line = Esta línea de la tabla no se puede usar: «{ $text }».
    .cure = Compara las columnas con las de las otras líneas; van separadas por tabuladores.
check-quechua-apostrophe = «{ $word }» no lleva el apóstrofo del teclado.
    .cure = Usa siempre el signo ' (U+0027).
check-quechua-discouraged = «{ $word }» es una forma de otra norma.
    .cure = Escribe «{ $write }».
check-quechua-nisqa = «{ $word }» sobra después de un préstamo.
    .cure = Une el sufijo al préstamo: «internetpi», no «internet nisqapi».
check-quechua-spelling = «{ $word }» no está escrita con el alfabeto quechua.
    .cure = Tres vocales (a, i, u) y sílabas de consonante, vocal, consonante. Si es un préstamo o un nombre, agrégalo a loanwords.tsv o a vocab.tsv.
check-quechua-unknown = «{ $word }» no se reconoce.
    .cure = Revisa la raíz y el orden de los sufijos. Si la palabra está bien, agrega su raíz a vocab.tsv con su glosa y su fuente.
check-quechua-long-sentence = La oración que empieza con «{ $word }» tiene { $words } palabras.
    .cure = Pártela en oraciones de a lo más { $most } palabras, con una idea cada una.
