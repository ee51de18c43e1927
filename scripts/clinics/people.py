"""Invented names of patients, therapists and programs."""

FIRST = (
    "Ada Alma Amir Ana Anton Bea Ben Bruno Carla Cem Clara Cora Dana Dario Dora Edda Elio Ella "
    "Emil Enno Eva Farid Fay Finn Gena Gil Hana Hugo Ida Ilan Ines Iris Ivo Jana Joel Juno Kai Karim "
    "Lara Leo Lia Lior Luca Mara Mila Milo Nadia Nils Noa Nora Olga Omar Otto Pia Rafi Remy Rosa "
    "Sami Selma Tara Theo Tilda Uma Vera Yara Yuri Zoe Zora").split()
LAST = (
    "Abbott Acker Aldana Amsel Barlow Becker Bellamy Bryce Calder Castro Chaplin Corvin Dalton "
    "Delgado Draper Eastman Ebers Falcone Farrow Fenn Galvan Garner Hale Harrow Hoyt Ingram Jarvis "
    "Keller Kirsch Lamont Larkin Lund Maddox Marsh Moreau Nash Navarro Nolan Ortega Osborn Pagett "
    "Pryor Quill Ramsey Reyes Sadler Salas Sorel Tanner Tovar Ulrich Vance Varga Walden Weller "
    "Yates Zeller").split()


def name(chance):
    return "%s %s" % (chance.pick(FIRST), chance.pick(LAST))
