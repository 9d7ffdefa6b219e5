"""Speakers: which phrase of a clause says something (``subjects``, ``can_speak``), who that is
(``names``, ``resolution``, ``same_people``) and what (``roles``)."""
