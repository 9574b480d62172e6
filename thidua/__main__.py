"""`python -m thidua` is the console script `thidua`."""

import sys

from thidua.config.cli import main

sys.exit(main())
