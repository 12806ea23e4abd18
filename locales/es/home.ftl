# La primera página.
home-title = Inicio
home-greeting = Hola. ¿Qué quieres aprender hoy?
home-language = Lengua:
home-lessons =
    { $count ->
        [one] { $count } lección
       *[other] { $count } lecciones
    }
home-themes = Temas
home-first = Para empezar
home-all = Ver todos los recursos
home-teachers = Para docentes y familias
home-teachers-lead = Tu sesión de hoy, lista.
home-teachers-text = Cada lección trae un plan de una página, una hoja para la familia, fichas para recortar y una forma de hacerla sin ningún aparato.
