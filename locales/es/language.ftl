# La lengua misma: su nombre, y cómo se escriben tamaños, fechas y duraciones.

language-name = Español
language-choose = Elige tu lengua

size-bytes = { $number } B
size-kilobytes = { $number } KB
size-megabytes = { $number } MB
size-gigabytes = { $number } GB

# $month es el número del mes.
date-month =
    { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] setiembre
        [10] octubre
        [11] noviembre
       *[12] diciembre
    }
# $month es el nombre del mes.
date-long = { $day } de { $month } de { $year }

duration-minutes = { $minutes } min
