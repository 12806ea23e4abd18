# El taller: donde docentes hacen y comparten materiales. Se habla de «tú».

workshop-home = El taller
workshop-intro = Aquí subes tus archivos o escribes artículos, planes, cuestionarios y cuentos. Lo que publicas lo ven tus estudiantes y tus colegas en esta escuela, sin internet.
workshop-new = Hacer algo nuevo
workshop-new-file = Subir un archivo
workshop-new-article = Escribir un artículo
workshop-new-plan = Escribir un plan de clase
workshop-new-quiz = Escribir un cuestionario
workshop-new-story = Escribir un cuento
workshop-own = Tus trabajos
workshop-own-none = Todavía no hay ninguno. Empieza uno arriba.
workshop-shown = De tus colegas
workshop-shown-intro = Los más usados van primero. Ábrelos para copiarlos, agradecer o comentar.
workshop-review = Revisar
workshop-waiting = { $count ->
    [0] No hay nada por revisar.
    [one] Hay 1 cosa por revisar.
   *[other] Hay { $count } cosas por revisar.
}

workshop-title = Título
workshop-untitled = Sin título
workshop-what = Qué es
workshop-state = Estado
workshop-owner = De quién
workshop-seen = Veces abierto
workshop-opened = { $count ->
    [one] abierto 1 vez
   *[other] abierto { $count } veces
}
workshop-genre-file = Archivo
workshop-genre-article = Artículo
workshop-genre-plan = Plan de clase
workshop-genre-quiz = Cuestionario
workshop-genre-story = Cuento
workshop-state-draft = Borrador
workshop-state-in-review = En revisión
workshop-state-returned = Devuelto con un comentario
workshop-state-published = Publicado
workshop-state-withdrawn = Retirado

workshop-file = Elige el archivo
workshop-file-hint = Documentos, PDF, libros, audios, videos, imágenes, cuestionarios GIFT, cuentos Twee o un ZIP con varios. Si es grande, espera sin cerrar la página.
workshop-file-now = Ahora tiene:
workshop-arrived = Ya llegó del archivo:
workshop-files = Archivos
workshop-second-language = Si quieres, escríbelo también en esta lengua. Si no, déjalo vacío.
workshop-summary = De qué trata, en una o dos oraciones
workshop-body-article = Texto
    .hint = Deja una línea vacía entre párrafos. «## » al empezar una línea hace un subtítulo, «- » una lista, **así** letra negrita.
workshop-body-plan = Plan
    .hint = Cambia lo que está entre paréntesis. Las líneas con «## » son los títulos de cada parte.
workshop-body-quiz = Preguntas en GIFT
    .hint = Pega aquí las preguntas de Moodle en formato GIFT.
workshop-body-story = Cuento en Twee
    .hint = Pega aquí tu historia de Twine en formato Twee 3.
workshop-body-file = Texto
    .hint = No hace falta.
workshop-other-text = ¿Tienes las preguntas en formato GIFT?
workshop-other-fields = ¿Prefieres llenar pregunta por pregunta?
workshop-other-go = Hazlo así.
workshop-question = Pregunta { $number }
workshop-stem = Qué preguntas
workshop-right = Correcta
workshop-option = Respuesta
workshop-says = Qué decir a quien la elige
workshop-says-always = Qué decir a todos al final (si quieres)
workshop-more-questions = Añadir otra pregunta
workshop-for-whom = Para quién es
workshop-kind = Qué clase de material es
workshop-langs = En qué lengua está
workshop-grades = Grados
workshop-levels = Niveles
workshop-areas = Áreas
workshop-themes = Temas de seguridad (si los toca)
workshop-audiences = Lo usarán
workshop-mode = Cómo se trabaja
workshop-duration = Minutos de clase
workshop-objectives = Qué podrán hacer tus estudiantes
workshop-one-a-line = Uno en cada línea.
workshop-about = Quién lo hizo
workshop-authors = Nombres, como quieren que se vean
workshop-licence = Licencia
workshop-licence-hint = CC-BY-SA-4.0 deja copiar y cambiar tu material a quien diga tu nombre y comparta igual. «uso-escolar-local» no sale de esta escuela.
workshop-accessibility = Ayudas que tiene
workshop-audience-estudiante = Estudiantes
workshop-audience-docente = Docentes
workshop-audience-familia = Familias
workshop-audience-tecnico = Técnicos
workshop-audience-usuario-biblioteca = Visitantes de la biblioteca
workshop-mode-laptop = En la laptop
workshop-mode-grupal = En grupo
workshop-mode-sin-conexion = Sin aparatos
workshop-mode-mixto = De varias maneras
workshop-mode-audio = Escuchando
workshop-accessibility-texto-alternativo = Las imágenes se explican con palabras
workshop-accessibility-transcripcion = Lo que se oye está escrito
workshop-accessibility-lectura-facil = Lectura fácil
workshop-accessibility-teclado = Se usa sin ratón
workshop-accessibility-alto-contraste = Letras que se ven bien
workshop-accessibility-audio-descripcion = Lo que se ve se cuenta con voz
workshop-save = Guardar
workshop-leave = Salir sin guardar

workshop-lacks = Para publicarlo falta:
workshop-lack-title = El título (también en castellano, si es cuestionario o cuento)
workshop-lack-summary = De qué trata
workshop-lack-body = El texto o las preguntas
workshop-lack-files = El archivo
workshop-lack-levels = El grado o el nivel
workshop-lack-areas = El área
workshop-lack-audience = Quién lo usará
workshop-lack-authors = Quién lo hizo
workshop-lack-licence = La licencia
workshop-mistakes = Mira esto antes de publicarlo:
workshop-mistake-error = No deja publicar:
workshop-mistake-warning = Consejo:
workshop-public = Verlo en el portal
workshop-preview = Ver cómo se verá
workshop-edit = Cambiar
workshop-step-submit = Enviar a revisión
workshop-step-publish = Publicar
workshop-step-return = Devolver con un comentario
workshop-step-withdraw = Retirar
workshop-step-restore = Mostrar otra vez
workshop-return-why = Qué debe cambiar tu colega
workshop-remarks = Comentarios
workshop-remark-comment = comenta
workshop-remark-thanks = agradece
workshop-remark-return = pide un cambio
workshop-thank = Agradecer
workshop-comment = Tu comentario
workshop-comment-send = Comentar
workshop-copy-hint = Puedes empezar un trabajo tuyo con una copia. Se guarda de quién viene.
workshop-copy = Hacer una copia para mí
workshop-versions = Versiones
workshop-version = Versión
workshop-day = Día
workshop-no-day = sin fecha
workshop-served = la que se ve
workshop-again = Volver a esta
workshop-discard = Botar este borrador
workshop-newer = Ver lo que guardó tu colega

workshop-reports = Avisos de quienes leen
workshop-reports-none = No hay avisos.
workshop-report-close = Ya lo vi
workshop-hide = Ocultar
workshop-unhide = Mostrar otra vez
workshop-in-review = Trabajos que esperan
workshop-in-review-none = Ninguno espera.
workshop-policy = Cómo se publica en esta escuela
workshop-policy-review = Un coordinador revisa cada trabajo antes de que se vea
workshop-hidden = Recursos ocultos
workshop-hidden-intro = Nadie los ve mientras estén en esta lista. El nombre es la última parte de la dirección de su página.
workshop-hide-name = Nombre del recurso
workshop-deeds = Quién hizo qué
workshop-deed-submitted = envió a revisión
workshop-deed-published = publicó
workshop-deed-returned = devolvió
workshop-deed-withdrawn = retiró
workshop-deed-restored = mostró otra vez
workshop-deed-hidden = ocultó
workshop-deed-unhidden = dejó de ocultar

workshop-problem-title = Escribe un título. Lo demás sigue aquí.
workshop-problem-more = Hay una pregunta más al final. Todavía no se guardó nada.
workshop-problem-question = Una pregunta tiene signos que no se pueden guardar al empezar una respuesta, como «%» o «[». Cámbialos. Lo demás sigue aquí.
workshop-problem-changed = Alguien guardó otra versión mientras escribías. Tu texto sigue aquí. Míralas las dos: si guardas otra vez, vale la tuya.
workshop-problem-step = Ya no se puede hacer eso: alguien hizo otra cosa antes. Mira el estado de ahora.
workshop-problem-lacks = Todavía no se puede publicar: mira abajo lo que falta.
workshop-problem-mistakes = Todavía no se puede publicar: mira abajo qué corregir.
workshop-problem-remark = Escribe qué quieres decir.
workshop-problem-full = El disco del servidor está lleno. No se guardó nada. Habla con el técnico.
workshop-problem-file = Elige un archivo.
workshop-problem-big = El archivo es más grande de lo que el servidor acepta. No se guardó nada.
workshop-problem-quota = Ya usaste todo el espacio que tienes. Bota borradores o habla con el técnico. No se guardó nada.
workshop-problem-kind = Esa clase de archivo no se puede mostrar en el portal. No se guardó nada. Prueba con un PDF, un documento, una imagen, un audio o un video.
workshop-problem-broken-off = El archivo no llegó completo. No se guardó nada. Prueba otra vez.
workshop-problem-archive = El ZIP no se puede abrir, o tiene demasiados archivos. No se guardó nada.

workshop-plan-template =
    ## Propósito de la clase

    (Qué aprenderán hoy y para qué les sirve.)

    ## Competencias y capacidades

    - (Competencia:)
    - (Capacidad:)
    - (Criterio de evaluación:)

    ## Materiales

    - (Qué necesitas.)

    ## Inicio (10 minutos)

    (Cómo despiertas el interés y recoges lo que ya saben.)

    ## Desarrollo (25 minutos)

    (Qué hacen paso a paso, solos o en grupo.)

    ## Cierre (10 minutos)

    (Cómo cuentan lo que aprendieron y qué llevan a casa.)

    ## Evaluación

    (Cómo sabes que lo lograron: qué miras y con qué instrumento.)
