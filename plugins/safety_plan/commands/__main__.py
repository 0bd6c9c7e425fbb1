"""`python -m safety_plan.commands` is the command `safety-plan`."""

from safety_plan.commands import main

main(prog_name="safety-plan")
