# El catálogo y sus filtros.
catalog-title = Recursos
catalog-filter = Elige
catalog-facet-level = Nivel
catalog-facet-grade = Grado
catalog-facet-area = Área
catalog-facet-theme = Tema
catalog-facet-language = Idioma
catalog-facet-duration = Duración
catalog-facet-kind = Clase
catalog-any = Todos
catalog-apply = Mostrar
catalog-count =
    { $count ->
        [one] { $count } recurso
       *[other] { $count } recursos
    }
catalog-chosen = Toca un filtro para quitarlo:
catalog-remove = quitar este filtro
catalog-unknown = No conocemos «{ $value }». Elige de la lista.
catalog-empty = Todavía no hay nada así
catalog-loosen = Quita un filtro para encontrar más:
catalog-without =
    { $count ->
        [one] Quitar «{ $name }»: { $count } recurso
       *[other] Quitar «{ $name }»: { $count } recursos
    }
catalog-without-all = Quitar todos los filtros
catalog-pages = Páginas:
catalog-browse = Mira por…
level-how = Elige un grado y un área. Donde hay un punto todavía no hay recursos.
level-grid = { $level }: grados y áreas
level-all-areas = Todas las áreas
level-all =
    { $count ->
        [one] Ver el recurso
       *[other] Ver los { $count } recursos
    }
minutes =
    { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
