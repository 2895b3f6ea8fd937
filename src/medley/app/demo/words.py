"""The texts of the demo's books, written for it."""

Chapter = tuple[str, list[str]]  # title, paragraphs

MOSS: list[Chapter] = [
    ("January: The Patient Green", [
        "Moss does not keep a calendar, which is why it is never late. In January, when the garden has given up pretending, the wall behind the shed is the greenest thing for a mile, and it has got there without a single flower.",
        "My grandmother called it the patient green. She would stand in the frost with her tea and put two fingers on the stones, the way one checks whether a child is asleep. “Still here,” she would say, and I was never certain which of them she meant.",
        "If you want to see moss, kneel. Everything worth knowing about it happens below the height of your knee, and everything worth knowing about patience happens in the kneeling.",
    ]),
    ("April: What the Rain Left", [
        "By April the wall has written a whole paragraph. There are tufts like small cushions, threads like the hem of a sleeve, and a grey-green crust that turns out, under a glass, to be a forest with clearings.",
        "It drinks with its whole body. There are no roots to speak of, no plumbing, no opinions about soil. It rains, and the moss is wet; the sun comes out, and the moss waits. I have tried this as a way of living and can report that it works until about noon.",
        "A blackbird takes a beakful for her nest. The wall does not object. In a week the gap is closed, and somewhere in the hedge four eggs are lying on a piece of January.",
    ]),
    ("August: The Dry Lesson", [
        "In August the moss goes brown and everyone says that it has died. Everyone says this every year.",
        "I carried a dry cushion into the kitchen once and put it on a saucer. It weighed no more than a thought. I let one drop of water fall on it from a spoon, and while I watched, it opened: first one leaf, then all of them, green running outward like news.",
        "It took eleven seconds. I have been less sure about the word “dead” ever since.",
    ]),
    ("November: A Wall Is a Slow River", [
        "The builders came to mend the shed and asked whether they should clean the wall while they were at it. I made them tea and talked about other things until it rained.",
        "A wall is only a slow river, and moss is how it shows which way it is flowing: toward the ground, a grain at a time, greenly, without complaint. One day it will arrive. There is no hurry. There was never any hurry.",
        "I put two fingers on the stones. Still here.",
    ]),
]  # fmt: skip

TIDAL: list[Chapter] = [
    ("The First Letter", [
        "Dear Maren, the post comes twice a day here, with the water. Nobody carries it. You put your letter into a bottle green enough to be noticed, you say the name aloud, and you let the ebb have it. They tell me nothing has ever gone astray. They also tell me nobody has ever checked.",
        "My room looks out on the sorting beach. At six in the morning the postmistress walks along the line of wrack with a basket and a dog, and the dog knows the addresses.",
    ]),
    ("The Second Letter", [
        "Dear Maren, a letter came for a house that has not been built. The postmistress has put it on the shelf with the others. There are forty-one of them, all in one hand, the oldest with a stamp I have never seen.",
        "I asked what was in them. “Instructions, I should think,” she said, and went on feeding the stove with last year's calendars.",
    ]),
    ("The Third Letter", [
        "Dear Maren, I have begun to dig the foundations. I do not know for whom. The dog came by, looked into the hole, looked at me, and lay down in what will be the hall.",
        "The tide is very high tonight. If you are reading this, say my name aloud near water. I should like to know how long it takes.",
    ]),
]  # fmt: skip

WEATHER: list[Chapter] = [
    ("How to use this guide", [
        "Most weather never makes it into the sky. This guide describes the kinds that can be observed indoors, on paper, and in conversation, so that the careful observer may go out prepared.",
        "Each entry gives the signs by which a weather may be told, the hour at which it is most common, and what to wear. Wind speeds are given in pages a minute.",
    ]),
    ("Bookshop drizzle", [
        "A fine, warm, vertical rain that falls only between shelves. It smells of glue and cedar. The first sign is a slight blurring of prices.",
        "Most common at four in the afternoon, particularly on days when one had meant to go somewhere else. Wear a coat with deep pockets. It will not keep you dry, but you will need somewhere to put the books.",
    ]),
    ("Argument thunder", [
        "Heard in adjoining rooms. It rolls from the general to the particular and back. Lightning, where it occurs, takes the form of a very short sentence.",
        "Count the seconds between the short sentence and the closing of the door, and divide by three: this is the distance, in days, to the apology.",
    ]),
    ("Sunday fog", [
        "It forms around half past two, beginning at the feet. Visibility falls to one armchair. Sounds carry strangely: a clock two houses away may seem to stand beside you.",
        "There is no danger so long as you stay where you are. Tea is the only known navigational aid.",
    ]),
]  # fmt: skip
