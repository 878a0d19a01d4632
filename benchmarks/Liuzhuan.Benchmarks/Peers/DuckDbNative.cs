using System.Reflection;
using System.Runtime.InteropServices;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>The few calls of DuckDB's C interface that are needed; the library comes in the npm package <c>@duckdb/node-bindings-linux-x64</c>.</summary>
internal static partial class DuckDbNative
{
    private const string Library = "duckdb";

    /// <summary>Where <c>./bench</c> installs the library.</summary>
    public static string LibraryPath => Path.Combine(Places.Repository, "benchmarks", "node_modules", "@duckdb", "node-bindings-linux-x64", "libduckdb.so");

    static DuckDbNative() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? NativeLibrary.Load(LibraryPath) : IntPtr.Zero);

    /// <summary>duckdb_result: four deprecated words, the error text, internal data.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        public nint ColumnCount, RowCount, RowsChanged, Columns, Error, Internal;
    }

    [LibraryImport(Library, EntryPoint = "duckdb_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, out nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    public static partial int Connect(nint database, out nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Query(nint connection, string sql, out Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    public static partial nint ResultError(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    public static partial void DestroyResult(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);
}
