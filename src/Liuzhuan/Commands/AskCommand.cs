using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Liuzhuan.Exchange.Wording;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Commands;

/// <summary><c>ask</c>: asks a running service one question as an agency's machine would, and checks the answer's signature.</summary>
internal static class AskCommand
{
    public static Command Create(Session session)
    {
        var command = session.Command("ask", "向运行中的服务核验一个人，并验证答复的签名", "Asks a running service about one person and checks the answer's signature");
        var file = session.Argument<string>("QUESTION", "问题文件（JSON）；- 为标准输入；不写则用演示问题", "Question file (JSON); - for standard input; without it the demonstration's question");
        file.Arity = ArgumentArity.ZeroOrOne;
        command.Arguments.Add(file);
        var server = session.Option<string>("--server", "服务地址（默认 http://localhost:5080）", "Address of the service (default http://localhost:5080)", value: "URL");
        server.DefaultValueFactory = _ => $"http://localhost:{ServeCommand.DefaultPort}";
        var client = session.Option<string>("--client", "客户端编号（默认 demo-agency）", "Client id (default demo-agency)", value: "ID");
        client.DefaultValueFactory = _ => KeyPurposes.DemoAgency;
        var receipt = session.Option<string>("--receipt", "把回执保存到文件，供 ledger receipt 离线验证", "Saves the receipt to a file, for ledger receipt to check offline", value: "FILE");
        var raw = session.Option<bool>("--json", "原样输出答复", "Prints the answer as it came");
        foreach (var option in new Option[] { server, client, receipt, raw }) command.Options.Add(option);
        var data = new DataArguments(session, command, isFolderOnly: true);
        command.SetAction(async (parsed, stop) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(server), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return session.Refuse(NotAnAddress);
            if (KeyFileName.Parse($"{parsed.GetValue(client)}.ES256.0001.pem") is null) return session.Refuse(NotAClient);
            if (!Question(session, parsed.GetValue(file), data.Folder(parsed)).Ok(out var question, out var refusal)) return session.Refuse(refusal);
            if (!KeyFolder.Open(data.Keys(parsed), session.Terminal.Clock).Ok(out var keys, out refusal)) return session.Refuse(refusal);
            // A key made here would be registered nowhere; one that is missing is told instead.
            if (keys.All(parsed.GetValue(client)!) is not [.., { Key: var key }]) return session.Refuse(NoKey(data.Keys(parsed), parsed.GetValue(client)!));
            using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
            http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(session.IsEnglish ? "en" : "zh-CN");
            try
            {
                if (!(await TokenAsync(http, key, parsed.GetValue(client)!, session.Terminal.Clock, stop)).Ok(out var token, out refusal)) return session.Refuse(refusal);
                if (!(await AskAsync(http, key, token, question, session.Terminal.Clock, stop)).Ok(out var answer, out refusal)) return session.Refuse(refusal);
                return Tell(session, answer, parsed.GetValue(raw), parsed.GetValue(receipt));
            }
            catch (HttpRequestException fault)
            {
                return session.Refuse(new Refusal("ask.unreachable", $"连不上 {address}：请确认服务已启动（./run 或 liuzhuan serve）。（{fault.Message}）", $"{address} cannot be reached: is the service running (./run or liuzhuan serve)? ({fault.Message})"));
            }
        });
        return command;
    }

    private static readonly Refusal NotAnAddress = new("ask.address", "--server 应为 http:// 或 https:// 开头的地址。", "--server must be an address that begins with http:// or https://.");

    private static readonly Refusal NotAClient = new("ask.client", "客户端编号只能用小写字母、数字和连字符。", "A client id may hold small letters, digits and hyphens.");

    private static Refusal NoKey(string folder, string client) => new("ask.no-key",
        $"密钥目录 {folder} 中没有客户端 {client} 的私钥（{client}.ES256.0001.pem）。请核对 --client 和 --data；演示用的 demo-agency 由 ./run 生成。",
        $"The key folder {folder} holds no private key of the client {client} ({client}.ES256.0001.pem). Check --client and --data; that of demo-agency is made by ./run.");

    private static Result<byte[]> Question(Session session, string? file, string folder)
    {
        if (file == "-")
        {
            using var bytes = new MemoryStream();
            using var input = session.Terminal.OpenInput();
            input.CopyTo(bytes);
            return bytes.ToArray();
        }

        var path = file ?? Path.Combine(folder, DemoAgency.QuestionFile);
        return File.Exists(path) ? File.ReadAllBytes(path) : new Refusal("ask.no-question", $"找不到问题文件 {path}：请给出一个 JSON 文件，或先用 ./run 启动演示。", $"The question file {path} is not there: name a JSON file, or start the demonstration with ./run first.");
    }

    private static async Task<Result<string>> TokenAsync(HttpClient http, SigningKey key, string client, TimeProvider clock, CancellationToken stop)
    {
        var audience = http.BaseAddress!.GetLeftPart(UriPartial.Authority) + TokenEndpoint.Path;
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_assertion_type", ClientAssertions.Type),
            new("client_assertion", ClientAssertions.Write(key, client, audience, clock.GetUtcNow())),
            new("scope", ApiScopes.Questions)]);
        using var response = await http.PostAsync(TokenEndpoint.Path, form, stop);
        // Something between here and the service may answer with a page of its own, which tells nothing but its status.
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;
        var reply = isJson ? await response.Content.ReadFromJsonAsync<JsonElement>(stop) : JsonSerializer.SerializeToElement(new { });
        if (response.IsSuccessStatusCode && reply.TryGetProperty("access_token", out var token)) return token.GetString()!;
        // OAuth's own words, or those of a problem where it did not come so far.
        var isTold = reply.TryGetProperty("error_description", out var told) || reply.TryGetProperty("detail", out told);
        var sentence = isTold ? told.GetString()! : response.StatusCode.ToString();
        return new Refusal("ask.no-token", $"没有取得令牌：{sentence}", $"No token was given: {sentence}");
    }

    private static async Task<Result<Answered>> AskAsync(HttpClient http, SigningKey key, string token, byte[] question, TimeProvider clock, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(http.BaseAddress!, "/api/questions")) { Content = new ByteArrayContent(question) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ApiReply.Json);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"\"{Guid.CreateVersion7(clock.GetUtcNow())}\"");
        await RequestSigner.SignAsync(request, key, clock.GetUtcNow(), stop);
        using var response = await http.SendAsync(request, stop);
        var body = await response.Content.ReadAsByteArrayAsync(stop);
        var published = await http.GetFromJsonAsync<JsonElement>("/.well-known/jwks.json", stop);
        var known = published.GetProperty("keys").EnumerateArray().Select(one => JsonWebKeys.Read(one).Ok(out var found, out _) ? found : null).OfType<VerifyingKey>().ToDictionary(one => one.KeyId);
        if (!AnswerVerifier.Verify(response, request, body, known.GetValueOrDefault, clock.GetUtcNow()).Ok(out _, out var untrusted)) return untrusted;
        var json = JsonSerializer.Deserialize<JsonElement>(body);
        if (response.IsSuccessStatusCode) return new Answered(body, json);
        var detail = json.GetProperty("detail").GetString()!;
        return new Refusal(json.GetProperty("code").GetString()!, detail, detail);
    }

    private static int Tell(Session session, Answered answered, bool raw, string? receiptFile)
    {
        var receipt = answered.Json.GetProperty("receipt");
        if (receiptFile is not null) File.WriteAllText(receiptFile, receipt.GetRawText() + "\n");
        var terminal = session.Terminal.Out;
        if (raw)
        {
            terminal.WriteLine(Encoding.UTF8.GetString(answered.Body));
            return ExitCodes.Done;
        }

        var words = AnswerTexts.In(session.Language).Verdicts;
        foreach (var fact in answered.Json.GetProperty("answer").GetProperty("facts").EnumerateArray())
        {
            var codes = fact.GetProperty("differing").EnumerateArray().Concat(fact.GetProperty("notes").EnumerateArray()).Select(code => code.GetString());
            terminal.WriteLine($"{fact.GetProperty("fact").GetString()}  {words[fact.GetProperty("verdict").GetString()!]}  {string.Join(' ', codes)}  {session.Say("数据截至", "as of")} {fact.GetProperty("asOf").GetString()}");
        }

        terminal.WriteLine(session.Say(
            $"答复的签名已验证；记入账本 {receipt.GetProperty("ledger").GetString()} 第 {receipt.GetProperty("position").GetInt64()} 条。",
            $"The answer's signature holds; it is entry {receipt.GetProperty("position").GetInt64()} of the ledger {receipt.GetProperty("ledger").GetString()}."));
        return ExitCodes.Done;
    }

    private sealed record Answered(byte[] Body, JsonElement Json);
}
