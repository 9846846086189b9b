"""What the evidence is asked: statistics, checks, the audit and its report."""
