"""How a query runs: compiled once into a plan of closures, then run over what its resolvers give (decision 070).

`executor` is graphql-core's executor that runs plans; `plans` keeps them; `compiling` makes their closures;
`selection` is what runs. Whatever a plan doesn't know it hands to graphql-core's own code for that value, so what
comes out is the same, byte for byte.
"""

from schema.execution.executor import PlannedExecutor

__all__ = ["PlannedExecutor"]
