namespace Liuzhuan.Tests;

/// <summary>Tests that look at what belongs to the whole process (its memory, its meters), and so run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "alone";
}
