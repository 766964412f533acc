"""moto's server, with faults of its version mended that would hide what the tests are about. Nothing of ours runs in it."""

import sys
from urllib.parse import parse_qsl, quote

import moto.stepfunctions.models
from moto.iam.access_control import IAMRequestBase
from moto.server import main
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

# It copies a state machine, its past executions included, for each new one, and cannot copy what runs in threads: of
# two executions the second would not start. An execution is its own copy.
Execution.__deepcopy__ = lambda self, memo: self

# Its CloudFormation makes state machines that only pretend to run, where those that run do not see them.
moto.stepfunctions.models.stepfunctions_backends = stepfunctions_parser_backends

# It checks the signature of a query as its web server decoded it: none with a slash in it would be right.
_create_aws_request = IAMRequestBase._create_aws_request


def _with_the_query_as_sent(self):
    path, _, query = self._path.partition("?")
    pairs = [
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
        for name, value in parse_qsl(query, keep_blank_values=True)
    ]
    self._path = f"{path}?{'&'.join(pairs)}" if pairs else path
    return _create_aws_request(self)


IAMRequestBase._create_aws_request = _with_the_query_as_sent

main(sys.argv[1:])
