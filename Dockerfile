# kubeviz for several processes: `docker compose up` (compose.yaml) builds it once for all of them.
FROM node:22-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 KUBEVIZ_COLLECTED=1 HOST=0.0.0.0
WORKDIR /app
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . .
COPY --from=assets /app/node_modules ./node_modules
# Front-end files and collected static files belong to the image; the database does not exist yet.
RUN SECRET_KEY=build python manage.py prepare --only files && rm -rf node_modules
RUN useradd --create-home kubeviz
USER kubeviz
EXPOSE 8000
CMD ["python", "manage.py", "serve"]
