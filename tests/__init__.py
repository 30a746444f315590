"""Tests of Kamerantwoord."""
