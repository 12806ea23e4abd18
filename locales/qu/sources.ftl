# Tupachinapaq willakuqkuna, yachachiqpaq yanapayninpas.
sources-title = Tupachinapaq willakuqkuna
sources-open = Willakuqkunata qhaway
sources-lead = Yachanapaqmi kay raphichakuna, yuyaymanta rurasqa. Sapa wayaqapi wakinqa kikinta ninku, wakinqa manam. Kayta tapuy: ¿Pitaq nin? ¿Imaynatataq yachan?
sources-others = Kay wayaqapi huk raphichakuna
sources-all = Llapan wayaqakuna
key-author = Pi rurasqan
key-date = Hayk'ap rurasqan
key-motive = Imapaq rurasqan
key-evidence = Ima rikuchinayuq
key-verdict = ¿Iñinapaqchu?
