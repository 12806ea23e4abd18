# Las fuentes para comparar, y su clave para quien enseña.
sources-title = Fuentes para comparar
sources-open = Ver las fuentes
sources-lead = Son tarjetas inventadas para practicar. En cada carpeta unas coinciden y otras se contradicen. Pregunta quién lo dice y cómo lo sabe.
sources-others = Otras tarjetas de esta carpeta
sources-all = Todas las carpetas
key-author = Quién la hizo
key-date = Cuándo
key-motive = Para qué
key-evidence = Qué pruebas da
key-verdict = Qué tan fiable es
