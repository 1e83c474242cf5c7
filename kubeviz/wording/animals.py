"""What a learner is called on the projector while names are hidden."""

ANIMALS = (
    ("수달", "Otter"), ("고래", "Whale"), ("여우", "Fox"), ("펭귄", "Penguin"), ("사슴", "Deer"), ("부엉이", "Owl"),
    ("토끼", "Rabbit"), ("거북이", "Turtle"), ("다람쥐", "Squirrel"), ("문어", "Octopus"), ("기린", "Giraffe"),
    ("코알라", "Koala"), ("돌고래", "Dolphin"), ("고슴도치", "Hedgehog"), ("앵무새", "Parrot"), ("판다", "Panda"),
    ("호랑이", "Tiger"), ("낙타", "Camel"), ("두루미", "Crane"), ("물개", "Seal"), ("햄스터", "Hamster"),
    ("너구리", "Raccoon"), ("늑대", "Wolf"), ("표범", "Leopard"), ("참새", "Sparrow"), ("얼룩말", "Zebra"),
    ("캥거루", "Kangaroo"), ("오리", "Duck"), ("비버", "Beaver"), ("카멜레온", "Chameleon"), ("나비", "Butterfly"),
    ("코끼리", "Elephant"), ("백조", "Swan"), ("치타", "Cheetah"), ("해마", "Seahorse"), ("까치", "Magpie"),
    ("알파카", "Alpaca"), ("순록", "Reindeer"), ("도마뱀", "Lizard"), ("불가사리", "Starfish"), ("두더지", "Mole"),
)  # fmt: skip
STRIDE = 17
"""Neighbours in the roster get animals that do not stand beside each other in the table."""


def animal(number: int, language: str) -> str:
    """The *number*-th learner's animal: another one for each, with a number once all have been given."""
    again, place = divmod(number, len(ANIMALS))
    name = ANIMALS[place * STRIDE % len(ANIMALS)][0 if language == "ko" else 1]
    return f"{name} {again + 1}" if again else name
