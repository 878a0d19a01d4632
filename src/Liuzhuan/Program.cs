Console.WriteLine("liuzhuan");
