"""Dress: a logo, words and a price on exported pictures, laid out anew for each format."""

from backend.providers.local.dress.dressing import Dress, dress_of, logo_of
from backend.providers.local.dress.places import Place
from backend.providers.local.dress.work import Told

__all__ = ["Dress", "Place", "Told", "dress_of", "logo_of"]
