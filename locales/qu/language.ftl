# Simi kikin: sutin, sayaykuna, p'unchawkuna, minutukuna.

language-name = Runasimi
language-choose = Simiykita akllay

size-bytes = { $number } B
size-kilobytes = { $number } KB
size-megabytes = { $number } MB
size-gigabytes = { $number } GB

# $month es el número del mes.
date-month =
    { $month ->
        [1] Enero
        [2] Febrero
        [3] Marzo
        [4] Abril
        [5] Mayo
        [6] Junio
        [7] Julio
        [8] Agosto
        [9] Setiembre
        [10] Octubre
        [11] Noviembre
       *[12] Diciembre
    }
# $month es el nombre del mes.
date-long = { $day } { $month } { $year }

duration-minutes = { $minutes } minutu
