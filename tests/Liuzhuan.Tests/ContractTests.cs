using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests;

public partial class ContractTests
{
    private static readonly string[] Members = ["get", "post", "put", "patch", "delete", "head"];

    private static readonly JsonElement Contract = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json")));

    [Fact]
    public async Task The_contract_names_the_operations_that_there_are_and_no_other()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var mapped = from endpoint in service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     let pattern = "/" + CatchAll().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "{$1}")
                     where pattern.StartsWith("/api", StringComparison.Ordinal) || pattern.StartsWith("/ledger", StringComparison.Ordinal) || pattern is "/oauth/token" or "/.well-known/jwks.json" or "/health" or "/openapi.json"
                     from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
                     select $"{method.ToLowerInvariant()} {pattern}";
        var written = from path in Contract.GetProperty("paths").EnumerateObject()
                      from operation in path.Value.EnumerateObject()
                      where Members.Contains(operation.Name)
                      select $"{operation.Name} {path.Name}";

        Assert.Equal(written.Order(StringComparer.Ordinal), mapped.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_service_publishes_the_contract_as_it_is_checked_in()
    {
        await using var service = await TestService.StartAsync("sqlite");
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "openapi.json")), await service.Http.GetStringAsync(new Uri(service.Address, "/openapi.json")));
    }

    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var path in Contract.GetProperty("paths").EnumerateObject())
            {
                foreach (var operation in path.Value.EnumerateObject().Where(operation => Members.Contains(operation.Name)))
                {
                    if (!operation.Value.TryGetProperty("requestBody", out var body) || !body.GetProperty("content").TryGetProperty("application/json", out var json) || !json.TryGetProperty("examples", out var examples)) continue;
                    foreach (var example in examples.EnumerateObject()) all.Add(operation.Name, path.Name, example.Name);
                }
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task Each_example_gets_the_status_it_is_named_after_and_a_reply_of_the_described_form(string method, string path, string example)
    {
        await using var service = await TestService.StartAsync("sqlite");
        var operation = Contract.GetProperty("paths").GetProperty(path).GetProperty(method);
        var content = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("examples").GetProperty(example).GetProperty("value").GetRawText();
        using var request = await service.RequestAsync(content, path: path);

        var reply = await service.SendAsync(request);

        Assert.Equal(int.Parse(example[..3], CultureInfo.InvariantCulture), reply.Status);
        var described = operation.GetProperty("responses").GetProperty(example[..3]);
        if (described.TryGetProperty("$ref", out var shared)) described = Resolve(shared.GetString()!);
        Conforms(described.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema"), reply.Json, "$");
    }

    // The part of JSON Schema that the contract uses.
    private static void Conforms(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = Resolve(reference.GetString()!);
        if (schema.TryGetProperty("enum", out var allowed)) Assert.True(allowed.EnumerateArray().Any(one => one.GetString() == value.GetString()), $"{at} is {value}");
        if (schema.TryGetProperty("type", out var type)) Assert.True((type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => Fits(one.GetString()!, value)) : Fits(type.GetString()!, value)), $"{at} is {value.ValueKind}");
        if (schema.TryGetProperty("required", out var required)) Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{at}.{name} is missing"));
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var member in value.EnumerateObject())
            {
                Assert.True(properties.TryGetProperty(member.Name, out var inner), $"{at}.{member.Name} is not described");
                Conforms(inner, member.Value, $"{at}.{member.Name}");
            }
        }

        if (!schema.TryGetProperty("items", out var items)) return;
        foreach (var item in value.EnumerateArray()) Conforms(items, item, $"{at}[]");
    }

    private static bool Fits(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("null", JsonValueKind.Null) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };

    private static JsonElement Resolve(string reference) => reference[2..].Split('/').Aggregate(Contract, (at, name) => at.GetProperty(name));

    [GeneratedRegex(@"\{\*\*([a-z]+)\}")]
    private static partial Regex CatchAll();
}
