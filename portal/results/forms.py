"""Which published results the list shows."""

from typing import Self

from wtforms.fields.choices import SelectChoice

from portal.web.fields import Form, Pick
from portal.web.i18n import lazy


class PlaceForm(Form):
    """Of which place; sent with GET. `offer` gives the places that have something."""

    class Meta(Form.Meta):
        csrf = False

    noi = Pick(lazy("Nơi công khai"), choices=[], default="")

    def offer(self, places: list[tuple[str, str]]) -> Self:
        """The places by id and name; all of them first."""
        self.noi.choices = [SelectChoice("", lazy("Mọi nơi"))] + [SelectChoice(*pair) for pair in places]
        return self

    @property
    def chosen(self) -> str:
        """The place chosen; all of them where the address names one that has nothing."""
        return str(self.noi.data or "") if self.validate() else ""
