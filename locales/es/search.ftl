# El buscador: una caja en cada página.
search-label = Buscar en todo:
search-go = Buscar
search-results = Buscaste «{ $words }»
search-instead = ¿Quisiste decir…?
search-partial = Nada tiene todas esas palabras. Aquí está lo que tiene algunas.
search-empty = No encontramos esas palabras
search-tips = Prueba con menos palabras o con otra parecida. Puedes escribir en castellano o en quechua, con tildes o sin ellas.
search-failed = El buscador no funciona en este momento. Puedes elegir en la lista. Avisa a quien cuida el servidor.
