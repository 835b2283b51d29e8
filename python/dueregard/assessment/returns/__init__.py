"""Returns: self-assessment workbooks written for each unit, read back, merged, and accounted for."""

from dueregard.assessment.returns.merged import Returns
from dueregard.assessment.returns.merging import merge_returns, read_return
from dueregard.assessment.returns.response_rates import ResponseRate, response_rate
from dueregard.assessment.returns.workbooks import write_return, write_returns

__all__ = [
    "ResponseRate",
    "Returns",
    "merge_returns",
    "read_return",
    "response_rate",
    "write_return",
    "write_returns",
]
