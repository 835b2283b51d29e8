"""The police forces of published files: their names in file names, and as tables of police forces print them."""

FORCES = (
    "avon-and-somerset",
    "bedfordshire",
    "cambridgeshire",
    "cheshire",
    "city-of-london",
    "cleveland",
    "cumbria",
    "derbyshire",
    "devon-and-cornwall",
    "dorset",
    "durham",
    "dyfed-powys",
    "essex",
    "gloucestershire",
    "greater-manchester",
    "gwent",
    "hampshire",
    "hertfordshire",
    "humberside",
    "kent",
    "lancashire",
    "leicestershire",
    "lincolnshire",
    "merseyside",
    "metropolitan",
    "norfolk",
    "north-wales",
    "north-yorkshire",
    "northamptonshire",
    "northumbria",
    "nottinghamshire",
    "south-wales",
    "south-yorkshire",
    "staffordshire",
    "suffolk",
    "surrey",
    "sussex",
    "thames-valley",
    "warwickshire",
    "west-mercia",
    "west-midlands",
    "west-yorkshire",
    "wiltshire",
)
"""The 43 territorial forces of England and Wales, as file names have them."""

EXCEPTIONS = {"city-of-london": "City of London", "dyfed-powys": "Dyfed-Powys", "btp": "British Transport Police"}


def force_name(name: str) -> str:
    """The force as tables of police forces print it.

    Examples
    --------
    >>> force_name("avon-and-somerset"), force_name("metropolitan"), force_name("dyfed-powys")
    ('Avon & Somerset', 'Metropolitan', 'Dyfed-Powys')
    """
    return EXCEPTIONS.get(name) or name.replace("-and-", "-&-").replace("-", " ").title()
