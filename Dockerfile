# docker build -t newsprism . && docker run -p 127.0.0.1:8501:8501 -v newsprism:/data newsprism
FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# libgomp: scikit-learn's threads
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . .
RUN pip install --no-deps . && rm -rf /build/*
# The code belongs to root and can't be changed by who runs it; /data is all that can.
RUN useradd --uid 1000 --create-home newsprism && install -d -o newsprism -m 700 /data
USER 1000
WORKDIR /data
ENV NEWSPRISM_CACHE=/data/cache STREAMLIT_SERVER_HEADLESS=true PORT=8501
EXPOSE 8501
VOLUME /data
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/_stcore/health', timeout=5)"]
# exec: the app itself gets the signal to stop. Name articles in NEWSPRISM_CORPUS; without it the seeds open.
CMD ["sh", "-c", "exec newsprism app --address 0.0.0.0 --port \"$PORT\""]
