"""One training loop, what a recipe for it is made of, and the network it teaches while the book is built."""

from cnnbook.train.judge import accuracy, confusion, one_thread, outputs, pairs_of_half, predict
from cnnbook.train.learner import Epoch, Learner
from cnnbook.train.loop import Trained, Watcher, fit
from cnnbook.train.reader import digit_reader, look_inside, train
from cnnbook.train.recipe import Recipe
from cnnbook.train.team import Team, gather_team

__all__ = [
    "Epoch",
    "Learner",
    "Recipe",
    "Team",
    "Trained",
    "Watcher",
    "accuracy",
    "confusion",
    "digit_reader",
    "fit",
    "gather_team",
    "look_inside",
    "one_thread",
    "outputs",
    "pairs_of_half",
    "predict",
    "train",
]
