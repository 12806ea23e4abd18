# El ensayo de un reporte: se escribe, se imprime o se lee en voz alta, y nunca se envía.
report-title = Ensayo de un reporte
report-stays = Esto es un ensayo. Lo que escribes no se envía ni se guarda. Antes de salir, bórralo.
report-danger = Si hay peligro ahora, no escribas: busca a la persona mayor más cercana.
report-what = Qué pasó
report-when = Cuándo
report-where = Dónde
report-proofs = Qué pruebas hay
report-companion = Quién puede acompañarme
report-take = A dónde llevarlo, en este orden
report-take-adult = A una persona mayor en quien confías
report-take-school = A tu tutora o tutor, o a la dirección de tu escuela
report-take-district = A las oficinas de tu distrito que protegen a niñas y niños
report-take-lines = A las líneas gratuitas de la ruta de ayuda
report-print = Puedes imprimir esta hoja, o leerla en voz alta con una persona mayor en quien confías.

# Un aviso sobre un recurso: cualquiera lo manda, y nadie sabe quién fue.
report-resource-link = Avisar que algo está mal aquí
report-resource-title = Avisar sobre este recurso
report-resource-intro = Dinos qué pasa. No escribas tu nombre: nadie sabrá quién avisó.
report-reason-wrong = Algo está equivocado o no funciona
report-reason-hurts = Hace daño a alguien
report-reason-private = Muestra fotos o datos de alguien
report-resource-text = Si quieres, explica un poco más
report-resource-send = Enviar el aviso
report-resource-thanks = Gracias por avisar. Lo verá quien cuida los materiales de tu escuela.
report-resource-which = Elige qué pasa y envíalo otra vez.
report-resource-many = Hay muchos avisos sin leer. Cuéntaselo a tu profesora o profesor.
report-resource-nobody = En este servidor nadie recibe avisos todavía. Cuéntaselo a tu profesora o profesor.
report-resource-danger = Si tú o alguien está en peligro, no esperes: busca a una persona mayor en quien confías.
