"""What a cheated buyer may ask for beside the price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from actions.calculators.amounts import Worked, check_not_negative, yuan


class Wrong(StrEnum):
    """Fraud; unsafe food; a fake or bad medicine."""

    FRAUD = "fraud"
    FOOD = "food"
    DRUG = "drug"


# Times the price and the least sum: 《消费者权益保护法》第五十五条, 《食品安全法》第一百四十八条,
# 《药品管理法》第一百四十四条.
TIMES = {Wrong.FRAUD: (3, 500), Wrong.FOOD: (10, 1000), Wrong.DRUG: (10, 1000)}
LOSS_TIMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerDamages:
    """Works out the damages on top of the refund; ``loss`` counts for food and medicine."""

    kind: Wrong
    price: Decimal
    loss: Decimal = Decimal(0)

    def worked(self) -> Worked:
        """``damages``, ``total`` with the price; raises ``WrongInput``."""
        check_not_negative(self.price, self.loss)
        times, least = TIMES[self.kind]
        asked = self.price * times
        if self.kind is not Wrong.FRAUD:
            asked = max(asked, self.loss * LOSS_TIMES)
        damages = yuan(max(asked, Decimal(least)))
        return {"damages": damages, "total": damages + yuan(self.price)}
