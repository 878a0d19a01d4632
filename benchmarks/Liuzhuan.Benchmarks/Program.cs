using Liuzhuan.Benchmarks;
using Liuzhuan.Benchmarks.Data;
using Liuzhuan.Benchmarks.Peers;

switch (args)
{
    case ["data", var people, .. var rows]:
        var population = new People(long.Parse(people), 1);
        RegisterFile.Write(Path.Combine(Places.Population(population.Count), "register.csv"), population);
        foreach (var count in rows) new RequestFile(population, long.Parse(count)).Write(Path.Combine(Places.Population(population.Count), $"request-{count}.csv"));
        return 0;
    case ["peer", var name, var folder, .. var rest]:
        return PeerHost.Serve(name, folder, rest is ["build"]);
    default:
        Console.Error.WriteLine("?");
        return 2;
}
