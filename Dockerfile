# Builds Pacil, and runs it without root. All data is in /data. docs/operating/install.md says how to use it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install --yes --no-install-recommends esbuild \
  || echo "There is no esbuild: pages load their scripts one by one."
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src src
RUN dotnet publish src/Pacil --configuration Release --nologo --verbosity quiet --output /pacil

# This image has ICU, for the languages, and OpenSSL. Pacil brings its own SQLite. APP_UID is the image's user "app".
FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /pacil /opt/pacil
RUN mkdir --mode=700 /data && chown $APP_UID:$APP_UID /data
USER $APP_UID
WORKDIR /data
VOLUME /data
ENV PACIL_DATA=/data PACIL_URLS=http://*:5080
EXPOSE 5080
HEALTHCHECK --start-period=30s --interval=30s --timeout=5s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /healthz HTTP/1.0\r\n\r\n' >&3 && grep -q '^HTTP/1.1 200' <&3"]
ENTRYPOINT ["dotnet", "/opt/pacil/Pacil.dll"]
