"""Reads of people: who acts, the directory, accounts, delegations, the journal."""

from thidua.people.queries.actors import actor_of, leaders_of, operator_ids, organisations

__all__ = ["actor_of", "leaders_of", "operator_ids", "organisations"]
