"""What reaches a round by other ways: by letter, in the room, or late."""

from flask import Blueprint

bp = Blueprint("round_entries", __name__)
