# Los materiales que la escuela guarda: libros, documentos, audios, videos.
material-read = Leer
material-contents = Contenido
material-chapter = Capítulo { $number } de { $total }
material-slide = Lámina { $number } de { $total }
material-page = Página { $number } de { $total }
material-part = parte { $number } de { $total }
material-sheets =
    { $count ->
        [one] { $count } página
       *[other] { $count } páginas
    }
material-files = Para descargar
material-download = Descargar { $kind }
material-length = dura { $length }
material-xo = se abre en la laptop XO
material-excerpt = Así empieza
material-transcript = Lo que se dice
material-broken = Este material no se puede abrir ahora.
    .hint = Avisa a tu docente: puede ser que el archivo ya no esté o que esté dañado.
material-indexing = Estamos leyendo los materiales de la escuela: { $done } de { $all }. Las lecciones ya están aquí.
material-only-in-es = Este material está solo en castellano.
material-only-in-qu = Este material está solo en runasimi.
material-only-in-other = Este material está en otra lengua.
material-picture = Ver la imagen ({ $size })
material-no-author = Autoría no indicada
material-bundle = Todo en un ZIP, con autores y licencia
