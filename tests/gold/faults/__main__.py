import sys

from tests.gold import faults
from tests.tally import main

sys.exit(main(faults.ROWS, faults.__doc__))
