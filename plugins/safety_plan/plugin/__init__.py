"""Stage 5, the door for MkDocs: the only package that imports mkdocs."""

from safety_plan.plugin.hooks import SafetyPlanPlugin

__all__ = ["SafetyPlanPlugin"]
