"""The measures of routing are taken; on a machine at rest they reach their bars."""

import pytest

from portal.bench.routing import routing


@pytest.mark.slow
def test_routing_is_measured() -> None:
    found = {one.name: one for one in routing()}
    assert set(found) == {"routing_proof", "routing_decisions"}
    assert found["routing_proof"].more["cells"] > 6_000_000
    assert found["routing_proof"].held
    assert found["routing_decisions"].value > 0
    assert all(one.bar for one in found.values())
