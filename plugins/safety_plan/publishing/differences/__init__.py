"""Two states of a plan become what residents will see change from one to the other, in sentences.

What this room says is read by staff, on the command line and in a pull request: it is English, like all they read.
"""
