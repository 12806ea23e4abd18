# Preguntas y juego de clasificar.
quiz-position = Pregunta { $number } de { $total }
quiz-question-number = Pregunta { $number }
quiz-several = Puedes marcar varias
quiz-answer = Responder
quiz-again = Intentar otra vez
quiz-next = Siguiente pregunta
quiz-result = Ver cómo me fue
quiz-choose = Elige…
quiz-type-text = Escribe tu respuesta:
quiz-type-number = Escribe un número:
quiz-type-essay = Escribe lo que piensas. Nadie lo guarda ni lo califica.
quiz-true = Verdadero
quiz-false = Falso
quiz-your-answer = tu respuesta
quiz-mark-right = ¡Muy bien!
quiz-mark-partly = Vas por buen camino
quiz-mark-not-yet = Todavía no
quiz-mark-unmarked = Gracias por pensarlo
quiz-problem-missing = No marcaste ninguna respuesta. Elige una y toca «Responder».
quiz-problem-empty = No escribiste nada. Escribe tu respuesta y toca «Responder».
quiz-problem-number = Eso no es un número. Escribe solo cifras y toca «Responder».
quiz-problem-unknown = Esa respuesta no es de esta pregunta. Elige una de la lista.
quiz-problem-marks = El formulario llegó incompleto. Empieza de nuevo con esta pregunta.
quiz-score = Acertaste { $right } de { $total } a la primera
quiz-score-private = Esto lo ves solo tú. No se guarda en ninguna parte.
quiz-unanswered =
    { $count ->
        [one] Te falta { $count } pregunta.
       *[other] Te faltan { $count } preguntas.
    }
quiz-look-again = Mira otra vez
quiz-restart = Responder de nuevo
sorting-how = Marca una caja para cada tarjeta. Después toca el botón de abajo.
sorting-answer = Ver cómo me fue
sorting-again = Probar otra vez
sorting-next = Más tarjetas
sorting-table = Mesa { $table } de { $tables }
sorting-score = { $right } de { $total } están en su caja
sorting-look = Mira en cada tarjeta por qué. Puedes cambiar tus respuestas y probar otra vez.
sorting-done = ¡Listo! Mira en cada tarjeta por qué, y sigue adelante.
sorting-right = ¡Bien!
sorting-not-yet = Todavía no.
sorting-problem-none = No marcaste ninguna tarjeta. Marca una caja para cada una.
sorting-problem-some = Faltan tarjetas por marcar. Las que marcaste ya tienen su respuesta.
sorting-problem-unknown = Una respuesta no es de este juego. Marca de nuevo esa tarjeta.
quiz-problem-long = Escribiste demasiado. Escribe una respuesta más corta.
