# Lo que el programa dice de un paquete, de sus sumas y de sus firmas. Solo existe en español.
# El valor dice qué está mal; .cure dice qué hacer. Lee quien trae el paquete o quien lo arma.

check-sums-line = Esta línea de SHA256SUMS no es una suma y un nombre.
    .cure = No edites SHA256SUMS a mano: vuelve a armar el paquete o pídelo otra vez.
check-sums-too-many = SHA256SUMS nombra más de { $limit } archivos.
    .cure = Reparte el contenido en varios paquetes.
check-sums-path = El nombre «{ $name }» no puede estar en todas las memorias USB.
    .cure = Cambia el nombre: sin : * ? " < > | y sin punto ni espacio al final.
check-key-public = No es una llave pública de minisign.
    .cure = Usa el archivo .pub tal como minisign lo hizo.
check-key-secret = No es una llave secreta de minisign.
    .cure = Usa el archivo .key tal como minisign lo hizo.
check-key-passphrase = La llave secreta tiene contraseña, y este programa no la puede abrir.
    .cure = Quita la contraseña de una copia con «minisign -C -W», o firma SHA256SUMS con minisign.
check-signature-format = No es una firma de minisign.
    .cure = Pide el paquete otra vez a quien lo hizo.
check-signature-other-key = La firma es de la llave { $other } y no de { $key }.
    .cure = No lo uses. Pide el paquete otra vez a quien lo hizo.
check-signature-wrong = La firma no corresponde a SHA256SUMS: alguien cambió el paquete.
    .cure = No lo uses. Pide el paquete otra vez a quien lo hizo.
