"""The GraphQL API. Resolvers parse, call one service function, and dress its answer; nothing else."""
