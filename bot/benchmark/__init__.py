"""What `python -m bot bench` measures, and the small Discord it measures against."""
