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
